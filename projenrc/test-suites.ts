import { Component, javascript } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

const WORK = ['<rootDir>/\\.proof/', '<rootDir>/\\.mutation/']; // copies of packages and sources
const MATRIX = '<rootDir>/test/preload/matrix/';

/**
 * How jest runs: quick for one file (`npx jest test/x.test.ts`), with coverage in `projen test`, and once more on the newest aws-cdk-lib.
 */
export class TestSuites extends Component {
  public static readonly JEST_OPTIONS: javascript.JestOptions = {
    extraCliOptions: ['--coverage'],
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // a changed policy or report is looked at, not overwritten
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false,
      collectCoverageFrom: ['src/**/*.ts', '!src/index.ts'],
      maxWorkers: 2,
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/lib/', '<rootDir>/dist/', '/cdk\\.out/', ...WORK, MATRIX],
      modulePathIgnorePatterns: ['<rootDir>/dist/', '/cdk\\.out/', ...WORK],
      additionalOptions: { testTimeout: 120_000 },
    },
  };

  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    // projen's own option knows one threshold for everything
    project.jest!.config.coverageThreshold = {
      'global': { branches: 90 },
      './src/engine/': { branches: 95, lines: 95 },
    };

    // the two copies change places, so that tests which load both still load two
    const newest = {
      '^aws-cdk-lib-newest($|/.*)': 'aws-cdk-lib$1',
      '^aws-cdk-lib($|/.*)': 'aws-cdk-lib-newest$1',
    };
    project.addTask('test:newest', {
      description: 'Run the tests on the newest aws-cdk-lib instead of the oldest that is supported',
      execArgs: ['jest', '--ci', `--moduleNameMapper=${JSON.stringify(newest)}`],
      receiveArgs: true,
    });
    // it installs gigabytes: `PRELOAD_MATRIX` names a folder that keeps them
    project.addTask('preload-matrix', {
      description: 'Guard apps of many versions of aws-cdk-lib and many forms through the preload (after `compile`; needs the registry)',
      execArgs: ['jest', '--ci', '--testPathIgnorePatterns=/node_modules/', '--runInBand', 'test/preload/matrix/'],
      receiveArgs: true,
    });
  }
}
