import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Files, folderWith } from '../../support/files';
import { imdsGuard, Ran } from '../../support/terminal';

export interface AppOptions {
  /** The package of CDK. */
  readonly cdk?: string;
  readonly props?: string;
  readonly files?: Files;
}

/** The folder of an app that does not know of the guard. `body` has `cdk`, `app` and `stack`. */
export function appWith(body: string, { cdk = 'aws-cdk-lib', props = '', files = {} }: AppOptions = {}): string {
  return folderWith({
    'cdk.json': { app: `${JSON.stringify(process.execPath)} app.cjs` },
    'app.cjs': `
const cdk = require(${JSON.stringify(require.resolve(cdk))});
const { aws_ec2: ec2, aws_autoscaling: autoscaling } = cdk;
const app = new cdk.App(${props});
const stack = new cdk.Stack(app, 'Web');
${body}
app.synth();
`,
    ...files,
  });
}

/** Every file of a folder with the hash of what is in it, and every folder. */
export function listing(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map(path => [
    path, statSync(join(folder, path)).isFile() ? createHash('sha256').update(readFileSync(join(folder, path))).digest('hex') : 'folder',
  ]));
}

/** Runs the command in the folder, which must be the same afterwards. */
export async function planned(folder: string, preload: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> {
  const before = listing(folder);
  const ran = await imdsGuard(folder, ['plan', ...args], { preload, env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env } });
  expect(listing(folder)).toEqual(before);
  return ran;
}
