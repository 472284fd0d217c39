import { copyFileSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cdkFolder, testIf } from './installed';
import { folderWith } from '../../support/files';
import { annotationsIn, node, Ran, recordsIn, templatesIn, tokensIn, WAYS_IN, withoutGuard } from '../../support/preload';

const FIXTURES = resolve('test/fixtures/preload');
const VERSIONS = ['2.80.0', '2.120.0', '2.160.0', '2.200.0', '2.240.0', '2.258.0', 'newest'];
const LAUNCHES = 3 * 9;
const MARK = 'the mark of an App alone';

/** An app on a version of CDK, and where it was synthesized how. */
interface App {
  readonly folder: string;
  synthesize(outdir: string, file: string, requires: readonly string[], env?: Record<string, string>): Ran;
}

const apps = new Map<string, App>();

function appOn(version: string): App {
  const known = apps.get(version);
  if (known) { return known; }
  const folder = folderWith();
  readdirSync(FIXTURES).forEach(file => copyFileSync(join(FIXTURES, file), join(folder, file)));
  symlinkSync(join(cdkFolder(version)!, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const synthesize: App['synthesize'] = (outdir, file, requires, env) => (
    node(folder, ['--preserve-symlinks', file], { outdir: join(folder, outdir), requires, env })
  );
  const app = { folder, synthesize };
  expect(synthesize('plain', 'app.cjs', [])).toMatchObject({ code: 0 });
  expect(Object.values(tokensIn(join(folder, 'plain'))).filter(tokens => tokens === 'required')).toEqual([]);
  apps.set(version, app);
  return app;
}

/** The folder of an app that is synthesized under the preload once for all tests. */
function decidedBy({ folder, synthesize }: App): string {
  const outdir = join(folder, 'decided');
  if (!existsSync(outdir)) { expect(synthesize('decided', 'app.cjs', WAYS_IN['the hook and the mark'])).toMatchObject({ code: 0 }); }
  return outdir;
}

/** Everything that enforcement decided: by folder and stack, without hashes. */
const decisionsIn = (folder: string): unknown => Object.entries(recordsIn(folder)).map(([path, { stacks, counts }]) => (
  { path, counts, stacks: stacks.map(stack => ({ path: stack.path, mode: stack.mode, decisions: stack.decisions })) }
));

describe.each(VERSIONS)('aws-cdk-lib %s', version => {
  const test = testIf(cdkFolder(version));
  const waysIn = version === 'newest' ? Object.keys(WAYS_IN) : ['the hook and the mark', MARK];

  test.each(waysIn.flatMap(way => ['cjs', 'mjs'].map((kind): [string, string] => [kind, way])))('app.%s is guarded by %s', (kind, way) => {
    const app = appOn(version);
    const name = `${kind} ${way}`;
    const outdir = join(app.folder, name);
    const ran = app.synthesize(name, `app.${kind}`, WAYS_IN[way as keyof typeof WAYS_IN]);
    expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
    expect(Object.entries(tokensIn(outdir)).filter(([, tokens]) => tokens !== 'required')).toEqual([]);
    expect(Object.keys(tokensIn(outdir))).toHaveLength(LAUNCHES);

    const plain = templatesIn(join(app.folder, 'plain'));
    const guarded = templatesIn(outdir);
    expect(Object.keys(guarded)).toEqual(Object.keys(plain));
    Object.entries(guarded).forEach(([file, template]) => expect(withoutGuard(template)).toEqual(withoutGuard(plain[file])));
    expect(Object.keys(recordsIn(outdir))).toEqual(['assembly-Delivery-Beta', 'assembly-Prod', '']);
  });

  testIf(cdkFolder(version) && cdkFolder('2.80.0'))('what is decided and annotated is as in 2.80', () => {
    const [expected, found] = ['2.80.0', version].map(each => decidedBy(appOn(each)));
    expect(decisionsIn(found)).toEqual(decisionsIn(expected));
    const ours = (folder: string): string[] => annotationsIn(folder).filter(line => line.includes('cdk-imds-guard'));
    expect(ours(found)).toEqual(ours(expected));
    expect(ours(found).length).toBeGreaterThan(0);
  });

  test('a violation that is left fails the app', () => {
    const app = appOn(version);
    const ran = app.synthesize('left', 'app.cjs', WAYS_IN['the hook and the mark'], { LEAVE_A_VIOLATION: '1' });
    expect(ran.code).toBe(1);
    expect(`${ran.stdout}${ran.stderr}`).toContain('imdsv1-allowed');
    expect(app.synthesize('left-plain', 'app.cjs', [], { LEAVE_A_VIOLATION: '1' })).toMatchObject({ code: 0 });
  });
});

testIf(cdkFolder('newest'))('the newest aws-cdk-lib still calls its hook for each App, and marks it', () => {
  const script = `
    const seen = [];
    globalThis[Symbol.for('@aws-cdk/core.App#initHook')] = () => seen.push('hook');
    const { defineProperty } = Object;
    Object.defineProperty = (...args) => { if (args[1] === Symbol.for('@aws-cdk/core.App')) { seen.push('mark'); } return defineProperty(...args); };
    new (require('aws-cdk-lib').App)();
    console.log(seen.sort().join());
  `;
  const { stdout } = node(cdkFolder('newest')!, ['-e', script], { requires: [] });
  if (!stdout.includes('hook')) {
    throw new Error('aws-cdk-lib no longer calls @aws-cdk/core.App#initHook: src/preload/install.ts has the mark of an App alone; find out what came in its place');
  }
  expect(stdout).toBe('hook,mark\n');
});
