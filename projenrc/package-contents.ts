import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * Keeps out of the npm package what projen does not know of. `.ci/run` fails when anything unexpected gets in.
 */
export class PackageContents extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.npmignore!.exclude('/.ci/', '/bench/', '/compare/', '/docs/', '/examples/', '/lab/', '/proof/', '/rosetta/', '/rules/', '/CHANGELOG.md', '/CONTRIBUTING.md', '/SECURITY.md');
    project.npmignore!.exclude('*.tgz', 'cdk.out', '*.tabl.json', '/.compare/', '/.proof/');
    // what a program loads is in bundles, and a second copy of a class would not be the first; what runs in Lambda is loaded by its path
    project.npmignore!.exclude('/lib/**/*.js');
    project.npmignore!.include(
      '/lib/index.js', '/lib/start.js', '/lib/synthesis.js', '/lib/rest.js',
      '/lib/cli/bundle.js', '/lib/cli/compile-cache.js',
      '/lib/preload/preload.js', '/lib/preload/guard.js', '/lib/preload/cdk-plugin.js',
      '/lib/prevent/account-defaults-handler/*.js',
    );
    project.gitignore.exclude('cdk.out', '*.tabl.json', '/.compare/', '/.proof/');
    // of a snapshot, the runner needs neither what is uploaded nor what is made anew each time
    project.gitignore.exclude(...['asset.*', 'tree.json', 'imds-guard.json', 'validation-report.json'].map(name => `/test/integ/*.snapshot/${name}`), '/test/integ/cdk-integ.out.*');
  }
}
