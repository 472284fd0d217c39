import { Component, JsonFile } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

const HOME = '.mutation';

/**
 * `npx projen mutation`: what the tests of the engine do not notice. Stryker changes one thing at a time, and the tests must fail.
 */
export class Mutation extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addDevDeps('@stryker-mutator/core@^9', 'expect@^30', 'jest-each@^30', 'jest-mock@^30'); // Stryker 10 needs Node 22
    const config = new JsonFile(project, 'stryker.config.json', {
      marker: false, // it takes no key that it does not know
      obj: {
        testRunner: 'engine',
        plugins: ['./projenrc/mutation-runner.js'],
        buildCommand: 'ts-node -T --project tsconfig.dev.json projenrc/mutation-bundle.ts',
        mutate: ['judge', 'harden', 'evaluator'].map(room => `src/engine/${room}/*.ts`),
        ignorePatterns: ['**', ...['package.json', 'tsconfig*.json', 'projenrc/**', 'src/**', 'test/**'].map(path => `!${path}`)],
        timeoutMS: 15_000, // a machine with other work is slow; most of what never ends is noticed by how often it comes by
        coverageAnalysis: 'perTest',
        concurrency: 1,
        incremental: true,
        incrementalFile: `${HOME}/incremental.json`,
        tempDirName: `${HOME}/sandbox`,
        reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
        clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
        htmlReporter: { fileName: `${HOME}/report.html` },
        jsonReporter: { fileName: `${HOME}/report.json` },
      },
    });
    project.addTask('mutation', {
      description: 'Change the core of the engine in thousands of ways, each of which a test must notice: `-- --mutate FILE,FILE` for some files, `-- --force` to run again what did not change',
      exec: 'stryker run',
      receiveArgs: true,
    });
    project.gitignore.exclude(`/${HOME}/`);
    project.npmignore!.exclude(`/${HOME}/`, `/${config.path}`);
  }
}
