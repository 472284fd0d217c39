import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { ImdsGuardOptions } from '../../src';
import { Report } from '../../src/engine/findings/report';
import { guardScope } from '../../src/guard/guard-scope';
import { EnforceOverride } from '../../src/scopes/enforce-override';
import { newApp, outcomeOf } from '../support/support';
import { imdsGuard } from '../support/terminal';

let cwd: string;
let day: number;
beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'imds-asked-')); day = Date.UTC(2026, 10, 23); });
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const LATE: EnforceOverride = { stacks: ['Late'], mode: 'observe', reason: 'ring 2', owner: 'platform', until: '2999-01-31' };

/** Two stacks under the preload, with settings of then. */
function synth(mode: 'enforce' | 'observe', options: ImdsGuardOptions = {}, overrides: EnforceOverride[] = []): void {
  const app = newApp({}, { outdir: join(cwd, 'cdk.out') });
  guardScope(app, mode, options, { files: ['org.yaml'], overrides });
  for (const id of ['Shop', 'Late']) {
    new ec2.CfnInstance(new Stack(app, id), 'Web', { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } });
  }
  outcomeOf(app);
}

const environment = () => ({ IMDS_GUARD_CONFIG: 'org.yaml', SOURCE_DATE_EPOCH: String(day / 1000) });

/** Why stacks fail `--require-guard` under the settings of now. */
async function found(enforce: object | undefined, ...args: string[]): Promise<string[]> {
  writeFileSync(join(cwd, 'org.yaml'), JSON.stringify(enforce ? { enforce } : {}));
  const { stdout, exitCode } = await imdsGuard(cwd, ['check', '--require-guard', '--format', 'json', ...args], { env: environment() });
  const { findings } = JSON.parse(stdout) as Report;
  expect(exitCode).toBe(findings.some(({ rule }) => rule === 'not-guarded') ? 1 : 0);
  return findings.filter(({ rule }) => rule === 'not-guarded').map(({ stack, reason }) => `${stack}: ${reason.replace('the guard was weaker than asked: ', '')}`);
}

test.each<[string, object | undefined, ImdsGuardOptions]>([
  ['nothing', undefined, {}],
  ['the same', { httpPutResponseHopLimit: 2, httpEndpoint: false }, { httpPutResponseHopLimit: 2, httpEndpoint: false }],
  ['less', { mode: 'observe', maxHttpPutResponseHopLimit: 3 }, { maxHttpPutResponseHopLimit: 2 }],
])('what was guarded passes where the organization asks for %s', async (_, enforce, options) => {
  synth('enforce', options);
  expect(await found(enforce)).toEqual([]);
});

test.each<[string, object, ImdsGuardOptions, string]>([
  ['a lower hop limit', { httpPutResponseHopLimit: 1 }, { httpPutResponseHopLimit: 2 }, '\'httpPutResponseHopLimit\' was 2 where 1 is asked for'],
  ['a maximum', { maxHttpPutResponseHopLimit: 1 }, {}, '\'maxHttpPutResponseHopLimit\' was not set where 1 is asked for'],
  ['the endpoint off', { httpEndpoint: false }, {}, 'the endpoint was left on where it is to be switched off'],
  ['every type', { forbidExemptions: false }, { excludeResourceTypes: ['AWS::EC2::EC2Fleet'] }, '\'excludeResourceTypes\' held AWS::EC2::EC2Fleet'],
])('it fails where the organization asks for %s', async (_, enforce, options, why) => {
  synth('enforce', options);
  expect(await found(enforce)).toEqual(['Shop', 'Late'].map(stack => `${stack}: ${why}`));
});

test('of two maximum hop limits the lower is asked for', async () => {
  synth('enforce', { maxHttpPutResponseHopLimit: 2 });
  expect(await found({ maxHttpPutResponseHopLimit: 3 }, '--max-hop-limit', '1')).toHaveLength(2);
  expect(await found({ maxHttpPutResponseHopLimit: 2 }, '--max-hop-limit', '3')).toEqual([]);
});

test.each<[string, object | undefined, string[], number]>([
  ['one maximum in the settings is that of the check, too', { maxHttpPutResponseHopLimit: 1 }, [], 1],
  ['which has its own where it is given one', { maxHttpPutResponseHopLimit: 1 }, ['--max-hop-limit', '2'], 0],
  ['without either there is none', undefined, [], 0],
])('%s', async (_, enforce, args, exitCode) => {
  const stack = new Stack(newApp({}, { outdir: join(cwd, 'cdk.out') }), 'S');
  new ec2.CfnInstance(stack, 'Web', { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 } });
  outcomeOf(stack.node.root as App);
  writeFileSync(join(cwd, 'org.yaml'), JSON.stringify(enforce ? { enforce } : {}));
  expect((await imdsGuard(cwd, ['check', ...args], { env: environment() })).exitCode).toBe(exitCode);
});

test('no repository gives the check a higher maximum than the organization enforces', async () => {
  writeFileSync(join(cwd, 'web.json'), '{ "Resources": {} }');
  writeFileSync(join(cwd, 'org.yaml'), 'enforce: { maxHttpPutResponseHopLimit: 1 }');
  writeFileSync(join(cwd, '.imds-guard.yaml'), 'maxHopLimit: 64');
  expect(await imdsGuard(cwd, ['check', 'web.json'], { env: environment() })).toMatchObject({
    exitCode: 2, stderr: expect.stringContaining('maxHopLimit: 64 lets more pass than the organization\'s file org.yaml does (1)'),
  });
});

describe('what was observed', () => {
  const OBSERVED = 'it was observed where enforcing is asked for';

  test('passes where the organization only observes', async () => {
    synth('observe');
    expect(await found({ mode: 'observe' })).toEqual([]);
    expect(await found({})).toEqual(['Shop', 'Late'].map(stack => `${stack}: ${OBSERVED}`));
  });

  test('as an override says passes while the override is there', async () => {
    synth('enforce', {}, [LATE]);
    expect(await found({ overrides: [LATE] })).toEqual([]);
    expect(await found({ overrides: [{ ...LATE, reason: 'another' }] })).toEqual([`Late: ${OBSERVED}`]);
    expect(await found({})).toEqual([`Late: ${OBSERVED}`]);
  });

  test('as an override says fails after its last day', async () => {
    synth('enforce', {}, [LATE]);
    day = Date.UTC(2999, 1, 1);
    expect(await found({ overrides: [LATE] })).toEqual([`Late: ${OBSERVED}`]);
  });
});

test('an exemption that the organization makes counts in the check, where exemptions are forbidden', async () => {
  const exempting: EnforceOverride = { ...LATE, mode: undefined, exempt: [] };
  const app = newApp({}, { outdir: join(cwd, 'cdk.out') });
  guardScope(app, 'enforce', { forbidExemptions: true }, { files: ['org.yaml'], overrides: [exempting] });
  new ec2.CfnInstance(new Stack(app, 'Late'), 'Web');
  outcomeOf(app);
  const asked = { forbidExemptions: true, overrides: [{ ...LATE, mode: undefined, exempt: true }] };

  expect(await found(asked, '--forbid-exemptions')).toEqual([]);
  const { exitCode } = await imdsGuard(cwd, ['check', '--forbid-exemptions'], { env: environment() });
  expect(exitCode).toBe(0);
  writeFileSync(join(cwd, 'org.yaml'), '{}');
  expect((await imdsGuard(cwd, ['check', '--forbid-exemptions'], { env: environment() })).exitCode).toBe(1);
});
