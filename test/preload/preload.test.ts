import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { addFiles, folderWith } from '../support/files';
import { expectGuarded, node, PRELOAD, recordsIn, tokensIn, WAYS_IN } from '../support/preload';

const COPIES = ['aws-cdk-lib', 'aws-cdk-lib-newest'];
const instance = (stack: string): string => `new aws_ec2.CfnInstance(${stack}, 'I', { imageId: 'ami-1' });`;

/** A folder with an app, which finds what is installed here. */
function appOf(source: string, file = 'app.cjs'): string {
  const folder = folderWith({ [file]: source });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

describe.each(COPIES)('with %s', copy => {
  const take = (names: string): string => `const { ${names} } = require('${copy}');`;

  test.each<[string, string, string]>([
    ['CommonJS', 'app.cjs', `${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`],
    ['an ES module', 'app.mjs', `import { App, Stack, aws_ec2 } from '${copy}'; const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`],
    ['the modules below the package', 'app.cjs', `const { App, Stack } = require('${copy}/core'); const aws_ec2 = require('${copy}/aws-ec2');
      const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`],
    ['a subclass of App with a synth of its own', 'app.cjs', `${take('App, Stack, aws_ec2')}
      class Ours extends App { constructor() { super(); ${instance('new Stack(this, "S")')} } synth(options) { return super.synth(options); } }
      new Ours().synth();`],
    ['an App that synthesizes itself', 'app.cjs', `${take('App, Stack, aws_ec2')} const app = new App({ autoSynth: true }); ${instance('new Stack(app, "S")')}`],
    ['a stage', 'app.cjs', `${take('App, Stage, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(new Stage(app, "Prod"), "S")')} app.synth();`],
    ['a stage that is synthesized by itself', 'app.cjs', `${take('App, Stage, Stack, aws_ec2')} const app = new App(); const stage = new Stage(app, 'Prod');
      ${instance('new Stack(stage, "S")')} stage.synth(); app.synth();`],
    ['an App with analytics and a context of its own', 'app.cjs', `${take('App, Stack, aws_ec2')}
      const app = new App({ analyticsReporting: true, context: { '@aws-cdk/core:newStyleStackSynthesis': true } });
      ${instance('new Stack(app, "S", { env: { region: "eu-west-1" } })')} app.synth();`],
  ])('%s is guarded by either way in', (_, file, source) => {
    const folder = appOf(source, file);
    const ways = copy === 'aws-cdk-lib' ? ['the mark of an App alone'] as const : ['the hook of CDK alone', 'the mark of an App alone'] as const;
    for (const way of ways) {
      const ran = node(folder, [file], { outdir: join(folder, way), requires: WAYS_IN[way] });
      expectGuarded(join(folder, way), ran);
    }
  });

  test('the folder of an app, by which an organization knows it, is the one that it is started in', () => {
    const folder = appOf(`require('fs').mkdirSync('services/cart', { recursive: true }); process.chdir('services/cart');
      ${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} process.chdir('..'); app.synth();`);
    const override = { mode: 'observe', reason: 'ring 2', owner: 'platform', until: '2999-01-31' };
    const fileWith = (apps: string): string => JSON.stringify({ enforce: { overrides: [{ apps, ...override }] } });
    addFiles(folder, { 'org.json': fileWith('services/*'), 'ours.json': fileWith(basename(folder)) });
    const synth = (file: string): string => {
      node(folder, ['app.cjs'], { outdir: join(folder, `out-${file}`), env: { IMDS_GUARD_CONFIG: join(folder, file) } });
      return readFileSync(join(folder, `out-${file}`, 'S.template.json'), 'utf8');
    };
    expect(synth('org.json')).toContain('"HttpTokens": "required"');
    expect(synth('ours.json')).not.toContain('HttpTokens');
  });

  test('a mistake in a settings file fails the app with one line about it, and little else', () => {
    const folder = appOf(`${take('App')} new App();`);
    addFiles(folder, { '.imds-guard.yaml': 'enforce: { mode: observed }' });
    const { code, stderr } = node(folder, ['app.cjs']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^.?Error: imds-guard: \.imds-guard\.yaml: enforce\.mode must be one of observe, enforce, got "observed".?$/m,
      ),
    });
    expect(stderr.length).toBeLessThan(1000);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('a violation that is left in a worker thread ends the process with 1', () => {
    const folder = appOf(`const { isMainThread, Worker } = require('worker_threads');
      if (isMainThread) { new Worker(__filename); return; }
      ${take('App, CfnResource, Stack')} const app = new App();
      new CfnResource(new Stack(app, 'S'), 'Fleet', { type: 'AWS::EC2::SpotFleet', properties: { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: 'ami-1' }] } } });
      app.synth();`);
    expect(node(folder, ['app.cjs'], { outdir: join(folder, 'out') })).toMatchObject({ code: 1 });
  });

  test('an App that a stack makes for itself is guarded', () => {
    const folder = appOf(`${take('Stack, aws_ec2')} const stack = new Stack(); ${instance('stack')}
      const assembly = stack.node.root.synth(); console.log(JSON.stringify(assembly.stacks[0].template.Resources.I.Properties.MetadataOptions));`);
    expect(node(folder, ['app.cjs'])).toMatchObject({ code: 0, stdout: '{"HttpTokens":"required"}\n' });
  });

  test('a hook that was there before is still called', () => {
    const folder = appOf(`${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} app.synth(); console.log(global.met ?? 0);`);
    addFiles(folder, { 'hook.cjs': 'globalThis[Symbol.for("@aws-cdk/core.App#initHook")] = () => { global.met = (global.met ?? 0) + 1; };' });
    const ran = node(folder, ['app.cjs'], { outdir: join(folder, 'out'), requires: [join(folder, 'hook.cjs'), PRELOAD] });
    expectGuarded(join(folder, 'out'), ran);
    expect(ran.stdout).toBe(copy === 'aws-cdk-lib' ? '0\n' : '1\n');
  });

  test('a hook that takes the place of ours does not switch the guard off', () => {
    const folder = appOf(`globalThis[Symbol.for("@aws-cdk/core.App#initHook")] = () => {};
      ${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`);
    expectGuarded(join(folder, 'out'), node(folder, ['app.cjs'], { outdir: join(folder, 'out') }));
  });

  test('a violation that is left fails the app, in another language by an exception, since nobody reads the exit code of its Node process', () => {
    const folder = appOf(`${take('App, CfnResource, Stack')} const app = new App({ outdir: 'out' });
      const TemplateBody = JSON.stringify({ Resources: { Far: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' } } } } });
      new CfnResource(new Stack(app, 'S'), 'Set', { type: 'AWS::CloudFormation::StackSet', properties: { TemplateBody } });
      let thrown = false;
      try { app.synth(); } catch (error) { thrown = true; console.error(error); }
      console.log('thrown:', thrown);
      if (thrown) { process.exitCode = 1; }`);
    const plain = node(folder, ['app.cjs']);
    expect({ code: plain.code, told: `${plain.stdout}${plain.stderr}`.includes('imdsv1-allowed') }).toEqual({ code: 1, told: true });
    const ran = node(folder, ['app.cjs'], { env: { JSII_AGENT: 'Python/3.12.0' } });
    expect({ ...ran, stdout: ran.stdout.split('\n').at(-2) }).toMatchObject({ code: 1, stdout: 'thrown: true' });
  });

  test('an app in a worker thread is guarded', () => {
    const folder = appOf('new (require("worker_threads").Worker)("./worker.cjs");');
    addFiles(folder, { 'worker.cjs': `${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} app.synth();` });
    expectGuarded(join(folder, 'out'), node(folder, ['app.cjs'], { outdir: join(folder, 'out') }));
  });

  test('an app in a child process is guarded', () => {
    const folder = appOf('process.exitCode = require("child_process").spawnSync(process.execPath, ["child.cjs"], { stdio: "inherit" }).status;');
    addFiles(folder, { 'child.cjs': `${take('App, Stack, aws_ec2')} const app = new App(); ${instance('new Stack(app, "S")')} app.synth();` });
    expectGuarded(join(folder, 'out'), node(folder, ['app.cjs'], { outdir: join(folder, 'out') }));
  });
});

test('two Apps of two copies in one process are guarded, with a resource of the one copy in a stack of the other', () => {
  // the newer one first: the other way round, CDK's own counters of the two do not get along
  const folder = appOf([...COPIES].reverse().map((copy, index) => `{
    const { App, Stack, aws_ec2 } = require('${copy}'); const app = new App({ outdir: 'out/${index}' }); const stack = new Stack(app, 'S');
    ${instance('stack')} new (require('${COPIES[index]}').aws_ec2.CfnInstance)(stack, 'Other', { imageId: 'ami-1' });
    app.synth();
  }`).join('\n'));
  const ran = node(folder, ['app.cjs']);
  expectGuarded(join(folder, 'out'), ran, 4);
  expect(Object.keys(recordsIn(join(folder, 'out')))).toEqual(['0', '1']);
});

test('an App that is made and thrown away costs nothing and says nothing', () => {
  const folder = appOf('new (require("aws-cdk-lib").App)();');
  expect(node(folder, ['app.cjs'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a path with spaces and quotes can be loaded', () => {
  const folder = appOf(`const { App, Stack, aws_ec2 } = require('aws-cdk-lib'); const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`);
  const place = join(folder, 'a folder', 'with "quotes"', 'lib/preload');
  mkdirSync(place, { recursive: true });
  copyFileSync('package.json', join(place, '../../package.json')); // the version is read from there
  ['preload.js', 'guard.js'].forEach(file => copyFileSync(join(PRELOAD, '..', file), join(place, file)));
  expectGuarded(join(folder, 'out'), node(folder, ['app.cjs'], { outdir: join(folder, 'out'), requires: [join(place, 'preload.js')] }));
});

test('a guard that cannot be loaded fails the app, and nothing is synthesized', () => {
  const folder = appOf(`const { App, Stack, aws_ec2 } = require('aws-cdk-lib'); const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`);
  copyFileSync(PRELOAD, join(folder, 'preload.js'));
  const ran = node(folder, ['app.cjs'], { outdir: join(folder, 'out'), requires: [join(folder, 'preload.js')] });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('guard.js');
  expect(tokensIn(join(folder, 'out'))).toEqual({});
});

test('a mistake in the settings fails the app with a message that is not lost in a wall of code', () => {
  const folder = appOf('const { App } = require("aws-cdk-lib"); new App().synth();');
  addFiles(folder, { '.imds-guard.yaml': 'enforce:\n  mode: watch\n' });
  const { code, stderr } = node(folder, ['app.cjs'], { outdir: join(folder, 'out'), requires: [PRELOAD] });
  expect(code).toBe(1);
  expect(stderr).toContain('Error: imds-guard: .imds-guard.yaml: enforce.mode must be one of observe, enforce, got "watch"');
  expect(stderr.match(/enforce\.mode/g)).toHaveLength(1);
  expect(stderr.length).toBeLessThan(1500);
});

describe('a process that is no CDK app', () => {
  test.each<[string, string[]]>([
    ['an empty script', ['-e', '0']],
    ['output and an exit code', ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3']],
    ['an uncaught error', ['-e', 'process.on("uncaughtException", error => { console.log(error.message); process.exit(7); }); null.x']],
    ['what is on globalThis', ['-p', 'Object.keys(globalThis).join()']],
    ['an ES module', ['--input-type=module', '-e', 'import { join } from "path"; console.log(join("a", "b"))']],
    ['a worker', ['-e', 'new (require("worker_threads").Worker)("console.log(1)", { eval: true })']],
    ['frozen intrinsics', ['--frozen-intrinsics', '--no-warnings', '-p', 'Object.isFrozen(Object)']],
    ['permissions', ['-p', 'process.execArgv.length']],
  ])('%s is as without the preload', (_, args) => {
    const folder = folderWith();
    expect(node(folder, args)).toEqual(node(folder, args, { requires: [] }));
  });

  test('nothing but the preload is loaded', () => {
    const loaded = node(folderWith(), ['-p', 'Object.keys(require.cache).join()']);
    expect(loaded.stdout).toBe(`${PRELOAD}\n`);
  });

  test.each<[string, string]>([
    ['name and length', '[f.name, f.length, typeof f]'],
    ['what it has', '[Object.getOwnPropertyNames(f).sort(), "prototype" in f, Object.isExtensible(f)]'],
    ['how Object has it', '(({ value, ...rest }) => rest)(Object.getOwnPropertyDescriptor(Object, "defineProperty"))'],
    ['what it returns', '(target => f(target, "x", { value: 1 }) === target)({})'],
    ['a target that is no object', 'caught(() => f(1, "x", {}))'],
    ['a descriptor that is none', 'caught(() => f({}, "x", 1))'],
    ['both getter and value', 'caught(() => f({}, "x", { get() {}, value: 1 }))'],
    ['no arguments', 'caught(() => f())'],
    ['a frozen target', 'caught(() => f(Object.freeze({}), "x", { value: 1 }))'],
    ['a proxy that refuses', 'caught(() => f(new Proxy({}, { defineProperty: () => false }), "x", { value: 1 }))'],
    ['a proxy that takes', '(seen => { f(new Proxy({}, { defineProperty: (...args) => { seen.push(args[1]); return true; } }), "x", {}); return seen; })([])'],
    ['a key that is made once', '(n => { f({}, { toString: () => `k${++n}` }, {}); return n; })(0)'],
    ['a symbol', '(key => f({}, key, { value: 2 })[key])(Symbol())'],
    ['Reflect', '[Reflect.defineProperty.name, Reflect.defineProperty(Object.freeze({}), "x", {}), Reflect.apply(f, undefined, [{}, "x", { value: 3 }]).x]'],
    ['another `this`', '[f.call(null, {}, "x", { value: 4 }).x, f.apply("other", [{}, "x", { value: 5 }]).x, f.bind({})({}, "x", { value: 6 }).x]'],
    ['new', 'caught(() => new f({}, "x", { value: 1 }))'],
    ['defineProperties', 'Object.defineProperties({}, { x: { value: 7 } }).x'],
    ['other marks', 'f({}, Symbol.for("@aws-cdk/core.Stage"), { value: true })[Symbol.for("@aws-cdk/core.Stage")]'],
  ])('Object.defineProperty: %s', (_, expression) => {
    const script = `const f = Object.defineProperty; const caught = run => { try { run(); } catch (error) { return [error.name, error.message]; } };
      console.log(JSON.stringify(${expression}));`;
    const folder = folderWith();
    const guarded = node(folder, ['-e', script]);
    expect(guarded).toEqual(node(folder, ['-e', script], { requires: [] }));
    expect(guarded.code).toBe(0);
  });

  test('the preload twice is the preload once', () => {
    const folder = appOf(`const { App, Stack, aws_ec2 } = require('aws-cdk-lib'); const app = new App(); ${instance('new Stack(app, "S")')} app.synth();`);
    mkdirSync(join(folder, 'again'));
    ['preload.js', 'guard.js'].forEach(file => copyFileSync(join(PRELOAD, '..', file), join(folder, 'again', file)));
    const out = join(folder, 'out');
    expectGuarded(out, node(folder, ['app.cjs'], { outdir: out, requires: [PRELOAD, join(folder, 'again', 'preload.js')] }));
    expect(JSON.parse(readFileSync(join(out, 'imds-guard.json'), 'utf-8')).calls).toHaveLength(1);
  });
});
