import { Component, JsonPatch } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { WorkflowSteps } from 'projen/lib/github';
import { JobPermission } from 'projen/lib/github/workflows-model';

const JOB = 'release_npm_cli';

/**
 * The second npm package, `imds-guard`: the command line and the preload alone, of the same sources and version.
 *
 * projen knows one package for npm, so the job that publishes this one is made here, after that one's model.
 */
export class LightPackage extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const pack = project.addTask('package:cli', {
      description: 'Pack the light package, imds-guard, into dist/cli (of what was compiled last)',
      exec: 'ts-node -T --project tsconfig.dev.json projenrc/write-light-package.ts',
      receiveArgs: true,
    });
    project.packageTask.spawn(pack);
    project.npmignore!.exclude('/light/');

    const { condition, buildJobId } = project.release!.publisher;
    project.release!.addJobs({
      [JOB]: {
        name: 'Publish imds-guard to npm',
        needs: [buildJobId],
        runsOn: ['ubuntu-latest'],
        permissions: { idToken: JobPermission.WRITE, contents: JobPermission.READ },
        if: condition,
        tools: { node: { version: 'lts/*' } },
        steps: [
          WorkflowSteps.downloadArtifact({
            name: 'Download build artifacts',
            with: { artifactIds: [`\${{ needs.${buildJobId}.outputs.artifact_id }}`], path: 'dist' },
          }),
          {
            name: 'Release',
            run: 'npx -p publib@latest publib-npm dist/cli',
            env: {
              NPM_DIST_TAG: 'latest',
              NPM_REGISTRY: 'registry.npmjs.org',
              NPM_CONFIG_PROVENANCE: 'true',
              NPM_TOKEN: '${{ secrets.NPM_TOKEN }}',
              PUBLIB_DRYRUN: '${{ inputs.dry_run }}',
            },
          },
        ],
      },
    });
    // what is announced on GitHub can be installed
    project.tryFindObjectFile('.github/workflows/release.yml')!.patch(JsonPatch.add('/jobs/release_github/needs/-', JOB));
  }
}
