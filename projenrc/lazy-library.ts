import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * Makes importing the library load only what the app uses.
 *
 * One export that extends `ec2.Instance` or `NagPack` would otherwise cost every app 210 ms and 337 modules.
 */
export class LazyLibrary extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.exec('ts-node -T --project tsconfig.dev.json projenrc/make-lazy.ts');
  }
}
