import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * Keeps out of the npm package what projen does not know of. `.ci/run` fails when anything unexpected gets in.
 */
export class PackageContents extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.npmignore!.exclude('/.ci/', '/bench/', '/docs/', '/examples/', '/rosetta/', '/rules/', '/CHANGELOG.md', '/CONTRIBUTING.md', '/SECURITY.md');
    project.npmignore!.exclude('*.tgz', 'cdk.out', '*.tabl.json');
