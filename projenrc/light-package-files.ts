import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';

/** The name of the package for who has no CDK, or apps that are guarded from outside. */
export const LIGHT_NAME = 'imds-guard';

/** From the root of the repository to the package, where a file has the same place unless a second name is given. */
const FILES: readonly (readonly [from: string, to?: string])[] = [
  ['bin/imds-guard'],
  ['imds-guard.schema.json'],
  ['lib/cli/bundle.js'],
  ['lib/cli/compile-cache.js'],
  ['lib/preload/guard.js'],
  ['lib/preload/preload.js'],
  ['lib/preload/cdk-plugin.js'],
  ['lib/third-party-licenses.txt', 'third-party-licenses.txt'],
  ['light/README.md', 'README.md'],
  ['LICENSE'],
];

/** What both packages say alike of themselves. */
const ALIKE = ['version', 'repository', 'author', 'license', 'bin', 'publishConfig'] as const;

/** Writes the package into a folder: the same programs as in the library, without what jsii and CDK need. */
export function writeLightPackage(root: string, folder: string): void {
  const missing = FILES.find(([from]) => !existsSync(join(root, from)));
  if (missing) { throw new Error(`${missing[0]} is missing: run \`npx projen compile\` first`); }
  for (const [from, to = from] of FILES) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(join(root, from), join(folder, to));
  }
  shorten(join(folder, 'lib/cli/bundle.js'));
  chmodSync(join(folder, 'bin/imds-guard'), 0o755);
  const library = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const manifest = {
    name: LIGHT_NAME,
    description: 'Require IMDSv2 in every AWS CDK app from outside, and check CloudFormation templates for what answers IMDSv1',
    keywords: ['aws', 'cdk', 'cloudformation', 'ec2', 'guardrail', 'imds', 'imdsv2', 'instance-metadata', 'security'],
    ...Object.fromEntries(ALIKE.map(field => [field, library[field]])),
    engines: { node: '>= 18.20.0' },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** By a quarter. Names of functions stay, for the trace of a mistake of ours. */
function shorten(file: string): void {
  const { code } = transformSync(readFileSync(file, 'utf8'), { minify: true, keepNames: true, format: 'cjs', platform: 'node', target: 'node18' });
  writeFileSync(file, code);
}
