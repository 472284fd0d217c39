import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aspects, aws_ec2 as ec2, Stack, Stage } from 'aws-cdk-lib';
import { ImdsExemption, ImdsGuard, RequireImdsv2 } from '../../src';
import { GuardRecord, RECORD_FILE } from '../../src/engine/record/guard-record';
import { guardScope } from '../../src/guard/guard-scope';
import { ImdsGuardOptions } from '../../src/guard/imds-guard-options';
import { EnforceOverride } from '../../src/scopes/enforce-override';
import { newApp, outcomeOf, templateOf, told } from '../support/support';

const files = ['org.yaml'];
const term = { reason: 'ring 2', owner: 'platform', until: '2999-01-31' };
const past = { ...term, until: '2020-01-31' };

function preloaded(mode: 'enforce' | 'observe' = 'enforce', options: ImdsGuardOptions = {}, overrides: EnforceOverride[] = []): App {
  const app = newApp();
  guardScope(app, mode, options, { files, overrides });
  return app;
}

function stackIn(scope: App | Stage, id = 'S', account?: string): Stack {
  const stack = new Stack(scope, id, account === undefined ? {} : { env: { account, region: 'eu-west-1' } });
  new ec2.CfnInstance(stack, 'I');
  return stack;
}

const tokensOf = (stack: Stack): unknown => templateOf(stack).Resources.I.Properties?.MetadataOptions?.HttpTokens;
const recordOf = (app: App): GuardRecord => JSON.parse(readFileSync(join(app.outdir, RECORD_FILE), 'utf8'));

describe('what an app calls does not weaken what the preload asks for', () => {
  test.each<[string, (app: App, stack: Stack) => void, string]>([
    ['observe on the app', app => ImdsGuard.observe(app), ''],
    ['observe on a stack', (_, stack) => ImdsGuard.observe(stack), 'S'],
    ['a type left out', (_, stack) => ImdsGuard.enforce(stack, { excludeResourceTypes: ['AWS::EC2::Instance'] }), 'S'],
    ['a type left out of the app', app => ImdsGuard.enforce(app, { excludeResourceTypes: ['AWS::EC2::Instance'] }), ''],
  ])('%s', (_, weaken, scope) => {
    const app = preloaded();
    const stack = stackIn(app);
    weaken(app, stack);

    expect(tokensOf(stack)).toBe('required');
    expect(told(app)).toContain('S info weaker-inside');
    expect(recordOf(app).weaker).toEqual([expect.objectContaining({ scope, outcome: 'outranked' })]);
  });

  test('an aspect that leaves a type out', () => {
    const app = preloaded();
    const stack = stackIn(app);
    Aspects.of(stack).add(new RequireImdsv2({ excludeResourceTypes: ['AWS::EC2::Instance'] }));

    expect(tokensOf(stack)).toBe('required');
    expect(told(app)).toContain('S info weaker-inside');
    expect(recordOf(app).weaker).toEqual([expect.objectContaining({ scope: 'S', by: 'RequireImdsv2', outcome: 'outranked' })]);
  });

  test('a higher hop limit', () => {
    const app = preloaded('enforce', { httpPutResponseHopLimit: 1 });
    const stack = stackIn(app);
    ImdsGuard.enforce(stack, { httpPutResponseHopLimit: 3 });

    expect(templateOf(stack).Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('where exemptions are forbidden, it fails', () => {
    const app = preloaded('enforce', { forbidExemptions: true });
    const stack = stackIn(app);
    ImdsGuard.observe(stack);

    expect(tokensOf(stack)).toBe('required');
    expect(told(app)).toContain('S warning exemption-not-allowed');
  });
});

test('an app may ask for more', () => {
  const app = preloaded('observe', { httpPutResponseHopLimit: 3 });
  const [one, other] = [stackIn(app, 'One'), stackIn(app, 'Other')];
  ImdsGuard.enforce(one, { httpPutResponseHopLimit: 1 });

  expect(templateOf(one).Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  expect(tokensOf(other)).toBeUndefined();
});

test('an app may exempt, with reason, owner and end', () => {
  const app = preloaded();
  const stack = stackIn(app);
  ImdsExemption.add(stack, { reason: 'old agent', owner: 'shop', until: '2999-01-31' });

  expect(tokensOf(stack)).toBeUndefined();
});

describe('overrides', () => {
  test('a ring is enforced where the rest is observed', () => {
    const app = preloaded('observe', {}, [{ stacks: ['Ring1-*', 'Prod/Api'], mode: 'enforce' }]);
    const stage = new Stage(app, 'Prod');
    const [first, api, other] = [stackIn(app, 'Ring1-Shop'), stackIn(stage, 'Api'), stackIn(stage, 'Other')];

    expect([first, api, other].map(tokensOf)).toEqual(['required', 'required', undefined]);
    expect(told(app)).toContain('Ring1-Shop info organization-override');
    expect(recordOf(app).stacks).toEqual([expect.objectContaining({ path: 'Ring1-Shop', mode: 'enforce' })]);
  });

  test('a stack waits until its day', () => {
    const app = preloaded('enforce', {}, [{ stacks: ['Late'], mode: 'observe', ...term }, { stacks: ['Past'], mode: 'observe', ...past }]);
    const [late, over] = [stackIn(app, 'Late'), stackIn(app, 'Past')];

    expect([late, over].map(tokensOf)).toEqual([undefined, 'required']);
    expect(told(app)).toEqual(expect.arrayContaining(['Late info organization-override', 'Past warning organization-override-ended']));
    expect(recordOf(app).calls).toEqual([
      expect.objectContaining({ by: 'preload', scope: '', mode: 'enforce', files }),
      expect.objectContaining({ by: 'preload', scope: 'Late', mode: 'observe', override: expect.objectContaining(term) }),
    ]);
  });

  test('the app cannot take itself out of one, nor into one', () => {
    const app = preloaded('enforce', {}, [{ stacks: ['Late'], mode: 'observe', ...term }]);
    const [late, other] = [stackIn(app, 'Late'), stackIn(app, 'Other')];
    ImdsGuard.observe(other);

    expect([late, other].map(tokensOf)).toEqual([undefined, 'required']);
  });

  test.each<[string, string | undefined, unknown, boolean]>([
    ['of the account', '111111111111', undefined, false],
    ['of another', '222222222222', 'required', false],
    ['that has none', undefined, 'required', true],
  ])('by account, for a stack %s', (_, account, tokens, isUnknown) => {
    const app = preloaded('enforce', {}, [{ accounts: ['111111111111'], mode: 'observe', ...term }]);
    const stack = stackIn(app, 'S', account);

    expect(tokensOf(stack)).toBe(tokens);
    expect(told(app).includes('S warning organization-override-unknown')).toBe(isUnknown);
  });

  test.each<[string, string, unknown]>([['the folder', '**', undefined], ['another folder', 'services/no-such-app', 'required']])('by %s of the app', (_, glob, tokens) => {
    const stack = stackIn(preloaded('enforce', {}, [{ apps: [glob], mode: 'observe', ...term }]));

    expect(tokensOf(stack)).toBe(tokens);
  });

  test('an exemption counts where apps may have none, until it ends', () => {
    const exempt: string[] = [];
    const app = preloaded('enforce', { forbidExemptions: true }, [{ stacks: ['Old'], exempt, ...term }, { stacks: ['Older'], exempt, ...past }]);
    const [old, older] = [stackIn(app, 'Old'), stackIn(app, 'Older')];

    expect([old, older].map(tokensOf)).toEqual([undefined, 'required']);
    expect(told(app)).toEqual(expect.arrayContaining(['Old/I info exempted', 'Older/I warning exemption-expired']));
  });

  test('an exemption that an app makes of its own does not', () => {
    const app = preloaded('enforce', { forbidExemptions: true }, [{ stacks: ['Old'], exempt: [], ...term }]);
    const other = stackIn(app, 'Other');
    ImdsExemption.add(other, { ...term, reason: 'mine' });

    expect(tokensOf(other)).toBe('required');
    expect(outcomeOf(app)).toBeDefined();
  });
});
