import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, aws_ec2 as ec2, aws_s3_assets as assets, aws_servicecatalog as catalog, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsGuard, RequireImdsv2 } from '../../src';
import { GuardRecord, RECORD_FILE } from '../../src/engine/record/guard-record';
import { recordFrom } from '../../src/engine/record/record-from';
import { guardScope } from '../../src/guard/guard-scope';
import { newApp, outcomeOf } from '../support/support';

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'imds-record-')); });
afterEach(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

const instance = (scope: Stack, id = 'I', httpTokens = 'optional'): ec2.CfnInstance => new ec2.CfnInstance(scope, id, { metadataOptions: { httpTokens } });

function recordIn(folder: string): GuardRecord {
  const record = recordFrom(JSON.parse(readFileSync(join(folder, RECORD_FILE), 'utf8')));
  if ('problem' in record) { throw new Error(record.problem); }
  return record;
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A stack with a nested one, a Stage, a product with a template of its own and one in YAML. */
function build(outdir: string, guard: (app: App) => void = app => ImdsGuard.enforce(app)): App {
  const app = newApp({}, { outdir });
  guard(app);
  const stack = new Stack(app, 'Main');
  instance(stack);
  instance(new NestedStack(stack, 'Nested') as Stack);
  new assets.Asset(stack, 'Yaml', { path: yaml() });
  const product = class extends catalog.ProductStack {};
  const made = new product(stack, 'Product');
  instance(made as unknown as Stack);
  new catalog.CloudFormationProduct(stack, 'P', { productName: 'p', owner: 'o', productVersions: [{ cloudFormationTemplate: catalog.CloudFormationTemplate.fromProductStack(made) }] });
  const stage = new Stage(app, 'Prod');
  instance(new Stack(stage, 'Svc'));
  new assets.Asset(new Stack(stage, 'Other'), 'Yaml', { path: yaml() });
  return app;
}

function yaml(): string {
  const file = join(root, 'own.yaml');
  writeFileSync(file, 'Resources: {}\n');
  return file;
}

test('each folder of the assembly has a record, with a hash of each template', () => {
  const app = build(join(root, 'out'));
  app.synth();

  const record = recordIn(app.outdir);
  const names = readdirSync(app.outdir).filter(file => /\.(template\.json|yaml)$/.test(file)).sort();
  expect(names).toHaveLength(4);
  expect(Object.keys(record.templates)).toEqual(expect.arrayContaining(names));
  Object.entries(record.templates).forEach(([file, hash]) => expect(hash).toBe(hashOf(join(app.outdir, file))));
  expect(record).toMatchObject({
    calls: [{ by: 'call', scope: '', mode: 'enforce', settings: {} }], weaker: [], counts: { examined: 3, changed: 3 },
  });
  expect(record.stacks.map(({ path, mode, decisions }) => [path, mode, decisions.map(each => each.action)])).toEqual([
    ['Main', 'enforce', ['write']], ['Main/Nested', 'enforce', ['write']], ['Main/Product', 'enforce', ['write']],
  ]);

  const inner = recordIn(join(app.outdir, 'assembly-Prod'));
  expect(inner.stacks.map(({ path }) => path)).toEqual(['Prod/Svc', 'Prod/Other']);
  const [asset] = names.filter(name => name.endsWith('.yaml'));
  expect(Object.keys(inner.templates).sort()).toEqual([`../${asset}`, 'ProdOther6F07A4D3.template.json', 'ProdSvcF4F1E9F9.template.json'].map(each => expect.stringMatching(each.endsWith('yaml') ? asset : /^Prod/)));
});

test('a template is recorded under the name that the app gives it', () => {
  const app = newApp({}, { outdir: join(root, 'out') });
  ImdsGuard.enforce(app);
  const stack = Object.assign(new Stack(app, 'Shop'), { templateFile: 'shop.json' });
  instance(stack);
  outcomeOf(app);
  expect(Object.keys(recordIn(app.outdir).templates)).toEqual(['shop.json']);
});

test('it is the same byte for byte, in another folder and over what an earlier run left', () => {
  const run = (folder: string): string => {
    const app = build(join(root, folder));
    app.synth();
    return readFileSync(join(app.outdir, RECORD_FILE), 'utf8') + readFileSync(join(app.outdir, 'assembly-Prod', RECORD_FILE), 'utf8');
  };
  const first = run('one');
  expect(run('other')).toBe(first);
  writeFileSync(join(root, 'one', 'Old.template.json'), '{}');
  expect(run('one')).toBe(first);
  expect(first).not.toContain(root);
});

test('no template changes by it', () => {
  const template = (guard: (app: App) => void): string => {
    const app = newApp({}, { outdir: join(root, 'out') });
    guard(app);
    instance(new Stack(app, 'Main'), 'I', 'required');
    outcomeOf(app);
    return readFileSync(join(app.outdir, 'Main.template.json'), 'utf8');
  };
  expect(template(app => ImdsGuard.enforce(app))).toBe(template(() => {}));
});

test('the metadata of each guarded stack tell how it was guarded', () => {
  const app = build(join(root, 'out'), each => ImdsGuard.enforce(each, { maxHttpPutResponseHopLimit: 2 }));
  app.synth();
  const metadata = JSON.parse(readFileSync(join(app.outdir, 'Main.metadata.json'), 'utf8'));
  const data = (path: string): any => JSON.parse(metadata[path].find(({ type }: any) => type === 'cdk-imds-guard').data);
  expect(data('/Main')).toMatchObject({
    mode: 'enforce',
    settings: { maxHttpPutResponseHopLimit: 2 },
    calls: [{ by: 'call', scope: '', settings: { maxHttpPutResponseHopLimit: 2 } }],
  });
  expect(data('/Main/Nested').mode).toBe('enforce');
});

describe('what was weakened inside', () => {
  test('is in the record of the Stage that it is in, with what holds there', () => {
    const app = newApp({}, { outdir: join(root, 'out') });
    ImdsGuard.enforce(app, { maxHttpPutResponseHopLimit: 1 });
    instance(new Stack(app, 'Main'));
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Svc');
    ImdsGuard.enforce(instance(stack), { maxHttpPutResponseHopLimit: 3 });
    app.synth();
    expect(recordIn(app.outdir).weaker).toEqual([]);
    expect(recordIn(stage.outdir)).toMatchObject({
      calls: [{ scope: '' }, { scope: 'Prod/Svc/I' }],
      weaker: [{ scope: 'Prod/Svc/I', by: 'ImdsGuard.enforce', outcome: 'counts', mode: 'enforce', settings: { maxHttpPutResponseHopLimit: 3 } }],
    });
  });

  test('is there for a scope that only an aspect is on', () => {
    const app = newApp({}, { outdir: join(root, 'out') });
    ImdsGuard.enforce(app, { maxHttpPutResponseHopLimit: 1 });
    const stack = new Stack(app, 'Main');
    instance(stack);
    Aspects.of(stack).add(new RequireImdsv2({ maxHttpPutResponseHopLimit: 3 }));
    app.synth();
    expect(recordIn(app.outdir).weaker).toMatchObject([{ scope: 'Main', by: 'RequireImdsv2' }]);
  });
});

test('a stack that nobody guarded has no mode; an observed one says so', () => {
  const app = newApp({}, { outdir: join(root, 'out') });
  ImdsGuard.enforce(instance(new Stack(app, 'One')).stack);
  ImdsGuard.observe(instance(new Stack(app, 'Two'), 'I', 'required').stack, { maxHttpPutResponseHopLimit: 2 });
  instance(new Stack(app, 'Three'), 'I', 'required');
  app.synth();
  expect(recordIn(app.outdir).stacks.map(({ path, mode, settings }) => [path, mode, settings])).toEqual([
    ['One', 'enforce', {}], ['Two', 'observe', { maxHttpPutResponseHopLimit: 2 }], ['Three', undefined, undefined],
  ]);
});

test('settings files are named as every machine knows them', () => {
  const app = newApp({}, { outdir: join(root, 'out') });
  guardScope(app, 'enforce', {}, { files: [join(root, 'organization.yaml'), join(process.cwd(), 'apps', 'shop', '.imds-guard.yaml')] });
  instance(new Stack(app, 'One'));
  outcomeOf(app);
  expect(recordIn(app.outdir).calls).toMatchObject([{ by: 'preload', scope: '', files: ['organization.yaml', 'apps/shop/.imds-guard.yaml'] }]);
});

test('an app that nobody guards has none', () => {
  const app = newApp({}, { outdir: join(root, 'out') });
  instance(new Stack(app, 'One'));
  app.synth();
  expect(existsSync(join(app.outdir, RECORD_FILE))).toBe(false);
});

test('a failing check does not keep the record from being written', () => {
  const app = newApp({}, { outdir: join(root, 'out') });
  ImdsGuard.observe(app);
  instance(new Stack(app, 'One'));
  ImdsGuard.enforce(new CfnResource(new Stack(app, 'Two'), 'C', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: 'x' } }).stack);
  outcomeOf(app);
  expect(recordIn(app.outdir).stacks).toHaveLength(2);
});

describe('synthesized again', () => {
  test('it stays as it is', () => {
    const app = build(join(root, 'out'));
    app.synth();
    const before = readFileSync(join(app.outdir, RECORD_FILE), 'utf8');
    app.synth();
    expect(readFileSync(join(app.outdir, RECORD_FILE), 'utf8')).toBe(before);
    app.synth({ force: true });
    expect(readFileSync(join(app.outdir, RECORD_FILE), 'utf8')).toBe(before);
  });

  test('with force, what was added since is guarded and recorded', () => {
    const app = newApp({}, { outdir: join(root, 'out') });
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'One');
    instance(stack);
    app.synth();
    instance(stack, 'Late');
    app.synth({ force: true });
    const { counts, templates } = recordIn(app.outdir);
    expect(counts).toEqual({ examined: 2, changed: 2 });
    expect(templates).toEqual({ 'One.template.json': hashOf(join(app.outdir, 'One.template.json')) });
  });

  test('with force, what was changed since is enforced again', () => {
    const app = newApp({}, { outdir: join(root, 'out') });
    ImdsGuard.enforce(app);
    const one = instance(new Stack(app, 'One'));
    app.synth();
    one.metadataOptions = { httpTokens: 'optional' };
    app.synth({ force: true });
    expect(JSON.parse(readFileSync(join(app.outdir, 'One.template.json'), 'utf8')).Resources.I.Properties.MetadataOptions.HttpTokens).toBe('required');
    expect(recordIn(app.outdir).templates['One.template.json']).toBe(hashOf(join(app.outdir, 'One.template.json')));
  });
});

test('Template.fromStack works, and a Stage on its own is recorded with the app', () => {
  const app = newApp();
  ImdsGuard.enforce(app);
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Svc');
  instance(stack);
  stage.synth();
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required' } });
  app.synth();
  expect(Object.keys(recordIn(stage.outdir).templates)).toHaveLength(1);
  expect(recordIn(app.outdir).stacks).toEqual([]);
});
