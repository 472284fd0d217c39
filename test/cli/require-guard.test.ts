import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_ec2 as ec2, aws_s3_assets as assets, CfnStack, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { ImdsGuard, ImdsGuardOptions } from '../../src';
import { FORMAT_NAMES } from '../../src/cli/formats';
import { Report } from '../../src/engine/findings/report';
import { newApp, outcomeOf } from '../support/support';
import { imdsGuard, Ran } from '../support/terminal';
import { unwrapped } from '../support/unwrapped';

let cwd: string;
beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'imds-proof-')); });
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Two stacks, one of them with a nested one, and a Stage with one, whose nested stack has an asset for a template. */
function synth(guard: (app: App, stacks: { main: Stack; other: Stack; svc: Stack }) => void, outdir = 'cdk.out'): void {
  const app = newApp({}, { outdir: join(cwd, outdir) });
  const main = new Stack(app, 'Main');
  const other = new Stack(app, 'Other');
  const stage = new Stage(app, 'Prod');
  const svc = new Stack(stage, 'Svc');
  const compliant = { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } };
  [main, other, svc, new NestedStack(main, 'Nested') as Stack].forEach(stack => new ec2.CfnInstance(stack, 'Web', compliant));
  writeFileSync(join(cwd, 'own.template.json'), '{ "Resources": {} }');
  const { httpUrl } = new assets.Asset(svc, 'Own', { path: join(cwd, 'own.template.json') });
  new CfnStack(svc, 'Inner', { templateUrl: httpUrl });
  unlinkSync(join(cwd, 'own.template.json'));
  guard(app, { main, other, svc });
  outcomeOf(app);
}

const enforced = (options?: ImdsGuardOptions) => (app: App): void => ImdsGuard.enforce(app, options);
const check = (...args: string[]): Promise<Ran> => imdsGuard(cwd, ['check', ...args]);

/** The stacks or files with findings about the guard, and why. */
async function found(...args: string[]): Promise<string[]> {
  const { stdout, exitCode } = await check('--require-guard', '--format', 'json', ...args);
  const report = JSON.parse(stdout) as Report;
  const all = report.findings.filter(({ rule }) => rule === 'not-guarded').map(({ stack, reason }) => `${stack}: ${reason}`);
  expect(exitCode).toBe(report.problems.length > 0 ? 2 : all.length > 0 ? 1 : 0);
  return all;
}

const MAIN = join('cdk.out', 'Main.template.json');
const PROD = join('cdk.out', 'assembly-Prod');
const edit = (file: string, change: (text: string) => string): void => writeFileSync(join(cwd, file), change(readFileSync(join(cwd, file), 'utf8')));
const editRecord = (folder: string, change: (record: any) => void): void => edit(join(folder, 'imds-guard.json'), text => {
  const record = JSON.parse(text);
  change(record);
  return JSON.stringify(record);
});
const ALL = ['Main', 'Main/Nested', 'Other', 'Prod/Svc', 'Prod/Svc/Inner'];
const NOTHING = 'nothing in its folder records that the guard was on';

test('an assembly of a guarded app passes, whole, by its manifest and a Stage of it alone', async () => {
  synth(enforced());
  expect(await found()).toEqual([]);
  expect(await found(join('cdk.out', 'manifest.json'))).toEqual([]);
  expect(await found(PROD)).toEqual([]);
  expect(await found('cdk.out', PROD)).toEqual([]);
  expect(await found('.')).toEqual([]);
});

test('it passes where it was copied to', async () => {
  synth(enforced());
  cpSync(join(cwd, 'cdk.out'), join(cwd, 'artifact'), { recursive: true });
  expect(await found('artifact')).toEqual([]);
});

describe('without a record', () => {
  test('each template fails, but only where it is asked for', async () => {
    synth(() => {});
    expect(await found()).toEqual(ALL.map(stack => `${stack}: ${NOTHING}`));
    expect((await check()).exitCode).toBe(0);
  });

  test('so does a nested assembly alone', async () => {
    synth(enforced());
    unlinkSync(join(cwd, PROD, 'imds-guard.json'));
    expect(await found()).toEqual([`Prod/Svc: ${NOTHING}`, expect.stringContaining('does not list it')]);
  });

  test('templates that are no part of an assembly fail, standard input too', async () => {
    writeFileSync(join(cwd, 'plain.json'), '{ "Resources": {} }');
    const reason = 'it is no part of a cloud assembly, so it has no record of the guard';
    expect(await found('plain.json')).toEqual([`plain: ${reason}`]);
    const { exitCode, stdout } = await imdsGuard(cwd, ['check', '-', '--require-guard'], { input: '{ "Resources": {} }' });
    expect({ exitCode, stdout: unwrapped(stdout) }).toEqual({ exitCode: 1, stdout: expect.stringContaining(reason) });
  });
});

test('every template fails where the guard was switched off', async () => {
  synth(enforced());
  ['cdk.out', PROD].forEach(folder => writeFileSync(join(cwd, folder, 'imds-guard.json'), '{ "format": 1, "version": "1.0.0", "switchedOff": "IMDS_GUARD=off" }'));
  expect(await found()).toEqual(ALL.map(stack => `${stack}: the guard was switched off (IMDS_GUARD=off) when it was made`));
});

describe('a stack that', () => {
  test('nobody guarded fails', async () => {
    synth((_, { main }) => ImdsGuard.enforce(main));
    expect(await found()).toEqual(['Other: nobody guarded this stack', 'Prod/Svc: nobody guarded this stack']);
  });

  test('was only observed fails', async () => {
    synth(app => ImdsGuard.observe(app));
    expect(await found()).toEqual(['Main', 'Main/Nested', 'Other', 'Prod/Svc']
      .map(stack => `${stack}: the guard was weaker than asked: it was observed where enforcing is asked for`));
  });

  test('was observed inside an enforced app fails, and the call is listed', async () => {
    synth((app, { svc }) => {
      ImdsGuard.enforce(app);
      ImdsGuard.observe(svc);
    });
    expect((await found())[0]).toBe('Prod/Svc: the guard was weaker than asked: it was observed where enforcing is asked for');
    const { stdout } = await check();
    expect(unwrapped(stdout)).toContain('ImdsGuard.observe on Prod/Svc is weaker than what holds there: it observes what is enforced; it counts');
  });

  test('has a resource that is observed fails', async () => {
    synth((app, { svc }) => {
      ImdsGuard.enforce(app);
      ImdsGuard.observe(svc.node.findChild('Web'));
    });
    expect(await found()).toEqual(['Prod/Svc: the guard was weaker than asked on Prod/Svc/Web: it was observed where enforcing is asked for']);
  });
});

describe('the maximum of the hop limit', () => {
  test.each<[string, ImdsGuardOptions | undefined, boolean]>([
    ['the same', { maxHttpPutResponseHopLimit: 2 }, true],
    ['a lower one', { maxHttpPutResponseHopLimit: 1 }, true],
    ['a limit that is written everywhere', { httpPutResponseHopLimit: 2 }, true],
    ['a higher one', { maxHttpPutResponseHopLimit: 3 }, false],
    ['a higher limit that is written everywhere', { httpPutResponseHopLimit: 3 }, false],
    ['none', undefined, false],
  ])('%s', async (_, options, passes) => {
    synth(enforced(options));
    const all = (await found('--max-hop-limit', '2')).filter(each => each.includes('weaker than asked'));
    expect(all.length > 0).toBe(!passes);
    all.forEach(each => expect(each).toMatch(/'maxHttpPutResponseHopLimit' was (not set|\d) where 2 is asked for/));
  });

  test('a weaker call inside fails too', async () => {
    synth((app, { main }) => {
      ImdsGuard.enforce(app, { maxHttpPutResponseHopLimit: 2 });
      ImdsGuard.enforce(main.node.findChild('Web'), { maxHttpPutResponseHopLimit: 4 });
    });
    expect(await found('--max-hop-limit', '2')).toEqual([expect.stringContaining('on Main/Web: \'maxHttpPutResponseHopLimit\' was 4 where 2 is asked for')]);
    expect(await found('--max-hop-limit', '4')).toEqual([]);
  });
});

describe('a template that was', () => {
  beforeEach(() => synth(enforced()));
  const CHANGED = 'it is another than the guard left: it was changed afterwards';

  test('changed fails, were it only by a blank', async () => {
    edit(MAIN, text => `${text} `);
    expect(await found()).toEqual([`Main: ${CHANGED}`]);
  });

  test('changed in a nested stack fails', async () => {
    const [file] = Object.keys(JSON.parse(readFileSync(join(cwd, 'cdk.out', 'imds-guard.json'), 'utf8')).templates).filter(each => each.includes('nested'));
    edit(join('cdk.out', file), text => text.replace('required', 'optional'));
    expect(await found()).toEqual([`Main/Nested: ${CHANGED}`]);
  });

  test('changed among the assets of a Stage fails', async () => {
    const [file] = Object.keys(JSON.parse(readFileSync(join(cwd, PROD, 'imds-guard.json'), 'utf8')).templates).filter(each => each.startsWith('../'));
    edit(join(PROD, file), text => text.replace('{}', '{ }'));
    expect(await found()).toEqual([expect.stringContaining(CHANGED)]);
    expect(await found(PROD)).toEqual([expect.stringContaining(CHANGED)]);
  });

  test('added afterwards fails', async () => {
    cpSync(join(cwd, MAIN), join(cwd, 'cdk.out', 'New.template.json'));
    edit(join('cdk.out', 'manifest.json'), text => {
      const manifest = JSON.parse(text);
      manifest.artifacts.New = { type: 'aws:cloudformation:stack', properties: { templateFile: 'New.template.json' } };
      return JSON.stringify(manifest);
    });
    expect(await found()).toEqual(['New: imds-guard.json of its folder does not list it, so it was added afterwards']);
  });

  test('taken away fails, also where the manifest says nothing of it any more', async () => {
    unlinkSync(join(cwd, 'cdk.out', 'Other.template.json'));
    edit(join('cdk.out', 'manifest.json'), text => {
      const manifest = JSON.parse(text);
      delete manifest.artifacts.Other;
      return JSON.stringify(manifest);
    });
    expect(await found()).toEqual(['Other: imds-guard.json of its folder lists it, but it is not there']);
  });
});

test('what an unguarded run left over a guarded one fails, unless the templates are the same', async () => {
  synth(enforced({ httpEndpoint: false }));
  synth(() => {});
  expect(existsSync(join(cwd, 'cdk.out', 'imds-guard.json'))).toBe(true);
  expect((await found()).length).toBeGreaterThan(0);
});

describe('a record that', () => {
  beforeEach(() => synth(enforced()));

  test.each<[string, (text: string) => string, string]>([
    ['is cut off', text => text.slice(0, 100), 'run `cdk synth` again'],
    ['is something else', () => '[]', 'this is no record of the guard: it has no \'format\'; run `cdk synth` again'],
    ['lacks a part', () => '{ "format": 1 }', 'of the record is not as the guard writes it; run `cdk synth` again'],
    ['is of a newer format', text => text.replace('"format": 1', '"format": 2'), 'format 2 of the record is newer than this version can read, which is 1; use a newer imds-guard'],
  ])('%s ends with 2 and one line, also where no guard is required', async (_, change, message) => {
    edit(join('cdk.out', 'imds-guard.json'), change);
    for (const args of [[], ['--require-guard']]) {
      const { exitCode, stdout } = await check(...args);
      expect(exitCode).toBe(2);
      const lines = stdout.split('\n').filter(line => line.includes('imds-guard.json'));
      expect(lines).toEqual([expect.stringContaining(message)]);
    }
  });

  test('names a file outside by its absolute path is none', async () => {
    editRecord('cdk.out', record => { record.templates['/etc/hostname'] = 'a'.repeat(64); });
    expect((await check()).exitCode).toBe(2);
  });
});

describe('calls inside that are weaker', () => {
  const weaker = (options?: ImdsGuardOptions) => synth((app, { main }) => {
    ImdsGuard.enforce(app, { ...options, maxHttpPutResponseHopLimit: 1 });
    ImdsGuard.enforce(main, { maxHttpPutResponseHopLimit: 2 });
  });
  const rules = async (...args: string[]): Promise<[string, string, string | undefined][]> => (
    (JSON.parse((await check('--format', 'json', ...args)).stdout) as Report).findings.map(({ rule, level, constructPath }) => [rule, level, constructPath])
  );

  test('are listed with their place, and fail nothing', async () => {
    weaker();
    expect(await rules()).toEqual([['weaker-inside', 'note', 'Main']]);
    expect((await check()).exitCode).toBe(0);
  });

  test('fail where exemptions were forbidden, and where the check forbids them', async () => {
    weaker();
    expect(await rules('--forbid-exemptions')).toEqual([['exemption-not-allowed', 'error', 'Main']]);
    weaker({ forbidExemptions: true });
    expect(await rules()).toEqual([['exemption-not-allowed', 'error', 'Main']]);
  });
});

test.each(FORMAT_NAMES)('it is visible in %s', async format => {
  synth((_, { main }) => ImdsGuard.enforce(main));
  const { stdout, exitCode } = await check('--require-guard', '--format', format);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('not-guarded');
  expect(stdout).toContain('nobody guarded this stack');
});

test('a baseline does not cover it', async () => {
  synth(() => {});
  await check('--require-guard', '--baseline', 'b.json', '--update-baseline');
  expect(await found('--baseline', 'b.json')).toHaveLength(5);
});

test('the organization requires it for all, and no repository takes that back', async () => {
  synth(() => {});
  writeFileSync(join(cwd, 'organization.yaml'), 'requireGuard: true\n');
  const env = { SOURCE_DATE_EPOCH: '1795392000', IMDS_GUARD_CONFIG: join(cwd, 'organization.yaml') };
  expect((await imdsGuard(cwd, ['check'], { env })).exitCode).toBe(1);
  writeFileSync(join(cwd, '.imds-guard.yaml'), 'requireGuard: false\n');
  expect((await imdsGuard(cwd, ['check'], { env })).exitCode).toBe(2);
});
