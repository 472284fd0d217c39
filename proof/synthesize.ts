import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { PublicApp } from './app';
import { Ended, logged } from './logged';
import { stubOf } from './stubs';

const LONGEST = 300_000;
const NO_ACCOUNT = {
  CDK_DEFAULT_ACCOUNT: '111122223333',
  CDK_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true', // the CLI would look for credentials on this computer's own metadata service
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  TS_NODE_TRANSPILE_ONLY: 'true', // looking at types takes most of the time otherwise
};

/** `cdk synth` of a copy of an app, with the command of its `cdk.json`; `preload` guards it. */
export async function synthesize(app: PublicApp, source: string, outdir: string, preload?: string): Promise<Ended> {
  const cwd = join(source, app.path ?? '.');
  rmSync(outdir, { recursive: true, force: true });
  answerLookups(cwd, app.lookups ?? []);
  const context = Object.entries(app.context ?? {}).flatMap(([name, value]) => ['-c', quoted(`${name}=${value}`)]);
  const command = [
    quoted(process.execPath), quoted(require.resolve('aws-cdk/bin/cdk')), 'synth "**"', '--quiet', '--no-notices', '--lookups=false',
    ...app.app ? ['--app', quoted(app.app)] : [], ...context, '--output', quoted(outdir),
  ];
  const env = { ...NO_ACCOUNT, ...app.env, ...preload ? { NODE_OPTIONS: `--require=${preload}` } : {} };
  return logged(command.join(' '), { cwd, env, log: `${outdir}.log`, longest: LONGEST });
}

function answerLookups(folder: string, keys: readonly string[]): void {
  const file = join(folder, 'cdk.context.json');
  const own = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (keys.length > 0) { writeFileSync(file, JSON.stringify({ ...own, ...Object.fromEntries(keys.map(key => [key, stubOf(key)])) })); }
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'')}'`;
}
