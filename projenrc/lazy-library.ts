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

    // one file for the command line: opening 80 files took as long as Node itself
    project.addDevDeps('esbuild@^0');
    project.compileTask.exec(
      'esbuild lib/cli/main.js --bundle --platform=node --main-fields=module,main --target=node18 --minify-whitespace --minify-syntax --external:../../package.json --metafile=lib/cli/bundle.meta.json --log-level=warning --alias:node:child_process=./lib/cli/no-child-process.js --outfile=lib/cli/bundle.js',
    );
    project.compileTask.exec('ts-node -T --project tsconfig.dev.json projenrc/bundle-guard.ts');
  }
}
