import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { compileWhereStale } from '../support/compiled';
import { folderWith } from '../support/files';

/*
 * What `npx projen integ` does without an account, for where the runner that can be had is too old for the assemblies of aws-cdk-lib.
 */
const APPS = readdirSync(__dirname).filter(file => /^integ\..*\.ts$/.test(file));
const FLAGS = readFileSync(require.resolve('@aws-cdk/integ-runner/lib/recommended-feature-flags.json'), 'utf8'); // the runner gives them to each app

beforeAll(compileWhereStale);

test.each(APPS)('%s synthesizes the templates of its snapshot', app => {
  const out = synthesize(app);
  const snapshot = join(__dirname, `${app}.snapshot`);
  const templates = readdirSync(snapshot).filter(file => file.endsWith('.template.json'));
  expect(templates.sort()).toEqual(readdirSync(out).filter(file => file.endsWith('.template.json')).sort());
  for (const template of templates) expect(lasting(join(out, template))).toEqual(lasting(join(snapshot, template)));
});

test('no snapshot has the path of a machine in it', () => {
  const files = APPS.flatMap(app => readdirSync(join(__dirname, `${app}.snapshot`)).map(file => join(__dirname, `${app}.snapshot`, file)));
  expect(files.filter(file => readFileSync(file, 'utf8').includes(join(__dirname, '../..')))).toEqual([]);
});

function synthesize(app: string): string {
  const out = folderWith();
  const env = { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: FLAGS };
  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, app)], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${app} does not synthesize\n${stderr}`);
  return out;
}

/** A template without what changes each time, the salt of a call, and the hashes of files. */
function lasting(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8').replace(/"salt": "\d+"/g, '"salt": ""').replace(/\b[0-9a-f]{64}\b/g, 'HASH'));
}
