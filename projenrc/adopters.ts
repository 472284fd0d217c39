import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { WorkflowSteps } from 'projen/lib/github';
import { JobPermission } from 'projen/lib/github/workflows-model';

/**
 * What others take from the repository as it is: the action for GitHub, the hooks for pre-commit, the template for GitLab.
 *
 * They name the version of the npm package that they run, which the release alone knows. So before it is announced, `.ci/pin` writes that version,
 * and the tag is the commit with it.
 */
export class Adopters extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.npmignore!.exclude('/action.yml', '/.pre-commit-hooks.yaml', '/templates/');

    project.release!.publisher.addGitHubPrePublishingSteps(
      { ...WorkflowSteps.checkout({ with: { path: 'repo' } }), if: NO_DRY_RUN },
      {
        name: 'Pin the version in what others take from the repository',
        if: NO_DRY_RUN,
        workingDirectory: 'repo',
        run: [
          'version=$(cat ../dist/version.txt) && tag=$(cat ../dist/releasetag.txt)',
          'if git ls-remote -q --exit-code --tags origin "$tag"; then exit 0; fi', // the job runs once more after a failure
          'git config user.name "github-actions[bot]"',
          'git config user.email "41898282+github-actions[bot]@users.noreply.github.com"',
          'node .ci/pin "$version"',
          'git diff --quiet || git commit -q -a -m "chore: pin $version in what is taken from the repository"',
          'git tag "$tag"',
          // where the branch takes no push, it names the release before until the next one; the tag is right all the same
          'git push --atomic origin "HEAD:$GITHUB_REF_NAME" "$tag" || git push origin "$tag"',
        ].join('\n'),
      },
    );

    const workflow = project.github!.addWorkflow('imds-guard');
    workflow.on({ pullRequest: {}, push: { branches: ['main'] } });
    workflow.addJob('action', {
      name: 'The action of this repository',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ, actions: JobPermission.READ, securityEvents: JobPermission.WRITE },
      tools: { node: { version: 'lts/*' } },
      steps: [
        WorkflowSteps.checkout(),
        { name: 'Install dependencies', run: 'npm ci' },
        { name: 'Compile', run: 'npx projen compile' },
        { name: 'Synthesize the example, guarded', run: 'npx cdk synth --quiet --context guard=on', workingDirectory: 'examples/company-app' },
        // what is not released yet, so the command of the sources
        { name: 'Check', uses: './', with: { paths: 'examples/company-app/cdk.out', command: 'bin/imds-guard' } },
      ],
    });
  }
}

const NO_DRY_RUN = '${{ !inputs.dry_run }}';
