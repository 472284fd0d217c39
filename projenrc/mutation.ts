import { Component, JsonFile } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** The core of the engine: what decides about a value, and what makes a hardened one of it. */
const MUTATED = [
  ...['judge-tokens', 'judge-hop-limit', 'judge-endpoint'].map(file => `src/engine/judge/${file}.ts`),
  'src/engine/harden/*.ts',
  ...[
    'conditions', 'distinct', 'intrinsic-functions', 'mappings', 'outcomes', 'parameter-limits', 'parameters', 'path-condition',
    'possible-value', 'possible-values', 'scope', 'select',
  ].map(file => `src/engine/evaluator/${file}.ts`),
];

const HOME = '.mutation';

/**
 * `npx projen mutation`: what the tests of the engine do not notice. Stryker changes one thing at a time, and the tests must fail.
 */
export class Mutation extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addDevDeps('@stryker-mutator/core@^9', '@stryker-mutator/jest-runner@^9', 'jest-environment-node@^30'); // Stryker 10 needs Node 22
    const config = new JsonFile(project, 'stryker.config.json', {
      marker: false, // it takes no key that it does not know
      obj: {
        testRunner: 'jest',
        jest: {
          enableFindRelatedTests: false,
          config: { roots: ['<rootDir>/test/engine/mutation'], testMatch: ['**/mutation/tests.js'], testEnvironment: './projenrc/mutation-environment.js', transform: {} },
        },
        buildCommand: 'ts-node -T --project tsconfig.dev.json projenrc/mutation-bundle.ts',
        mutate: MUTATED,
        ignorePatterns: ['**', ...['package.json', 'tsconfig*.json', 'projenrc/**', 'src/**', 'test/**'].map(path => `!${path}`)],
        timeoutMS: 30_000, // it is machines with other work that are slow: what never ends is noticed by how often it comes by
        coverageAnalysis: 'perTest',
        ignoreStatic: true, // what is read when a file is loaded: each would need a process of its own
        concurrency: 1,
        incremental: true,
        incrementalFile: `${HOME}/incremental.json`,
        tempDirName: `${HOME}/sandbox`,
        reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
        clearTextReporter: { allowColor: false, logTests: false },
        htmlReporter: { fileName: `${HOME}/report.html` },
        jsonReporter: { fileName: `${HOME}/report.json` },
      },
    });
    project.addTask('mutation', {
      description: 'Change the core of the engine in two thousand ways, each of which a test must notice (about an hour): `-- --mutate FILE,FILE` for some files',
      exec: 'stryker run',
      receiveArgs: true,
    });
    project.gitignore.exclude(`/${HOME}/`);
    project.npmignore!.exclude(`/${HOME}/`, `/${config.path}`);
  }
}
