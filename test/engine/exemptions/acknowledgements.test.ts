import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import {
  acknowledgementsAmong, acknowledgementsIn, acknowledgementsOn, isWithin, ruleOf, standingOfAcknowledgement,
} from '../../../src/engine/exemptions/acknowledgements';
import { newApp } from '../../support/support';

const RULE = 'cdk-imds-guard::imdsv1-allowed';

describe('an id stands for', () => {
  test.each([
    RULE, 'ImdsChecks::imdsv1-allowed', 'ImdsChecks::ImdsChecks-imdsv1-allowed', 'annotation::ImdsChecks-imdsv1-allowed', 'Annotation::ImdsChecks-imdsv1-allowed',
  ])('a rule: %s', id => expect(ruleOf(id)).toEqual({ rule: 'imdsv1-allowed' }));

  test.each(['annotation', 'Annotation'])('a rule, where it is told under the id of one: %s', prefix => {
    expect(ruleOf(`${prefix}::cdk-imds-guard:hop-limit-too-low`)).toEqual({ rule: 'hop-limit-too-low' });
  });

  test.each([
    ['cdk-imds-guard::imdsv1-alowed', RULE],
    ['ImdsChecks::imdsv1-alowed', RULE],
    ['CDK-IMDS-Guard::imdsv1-allowed', RULE], // CDK matches letter by letter
    ['imds-guard::imdsv1-allowed', RULE],
    ['cdk_imds_guard::imdsv1-allowed', RULE], // as Python has it
    ['annotation::cdk-imds-guard:imdsv1-allowed', RULE], // one colon
    ['Annotation::imdsv1-allowed', RULE], // no prefix
    ['cdk-imds-guard::exemption-expired', undefined],
    ['cdk-imds-guard::encryption', undefined],
    ['cdk-imds-guard::', undefined],
  ])('none, by mistake: %s', (id, meant) => expect(ruleOf(id)).toEqual({ mistaken: true, meant }));

  test.each([
    'Annotation::cdk-imds-guard:cannot-enforce', // what enforcement tells
    'annotation::cdk-imds-guard:exemption-expired',
    'Annotation::invalid-value', // may be anybody's
    'AwsSolutions::AwsSolutions-EC29', 'annotation::AwsSolutions-EC29', 'CfnGuardValidator::imdsv1-allowed', 'imdsv1-allowed', '',
  ])('nothing of ours: %s', id => expect(ruleOf(id)).toBeUndefined());
});

describe('in a cloud assembly', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const nested = new NestedStack(stack, 'Nested');
  const instance = new CfnResource(nested, 'I', { type: 'AWS::EC2::Instance' });
  Validations.of(instance).acknowledge({ id: RULE, reason: 'why' }, { id: 'AwsSolutions-EC29', reason: 'not ours' });
  Validations.of(stack).acknowledge({ id: 'ImdsChecks-imdsv1-call', reason: '' }, { id: 'imdsv1-allowed', reason: 'lacks the prefix' });
  const { outdir } = app;

  test('those of a stack and of its nested stacks are found where this version of CDK keeps them', () => {
    app.synth();
    const { artifacts: { Stack: artifact } } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    const inFile = artifact.additionalMetadataFile ? JSON.parse(readFileSync(join(outdir, artifact.additionalMetadataFile), 'utf8')) : {};

    const found = acknowledgementsIn(Object.entries({ ...artifact.metadata, ...inFile }));
    expect(found.map(({ id, ...each }) => ({ ...each, ...ruleOf(id) }))).toEqual(expect.arrayContaining([
      { reason: 'why', scope: 'Stack/Nested/I', rule: 'imdsv1-allowed' },
      { reason: '', scope: 'Stack', rule: 'imdsv1-call' },
      { reason: 'lacks the prefix', scope: 'Stack', mistaken: true, meant: RULE },
    ]));
    expect(found).toHaveLength(3);
  });

  test('they are among the metadata of a construct', () => {
    expect(acknowledgementsAmong(instance.node.metadata, instance.node.path)).toEqual([{ id: RULE, reason: 'why', scope: 'Stack/Nested/I' }]);
    expect(acknowledgementsAmong(nested.node.metadata, nested.node.path)).toEqual([]);
  });
});

test.each<[unknown, number]>([
  ['text', 0], [undefined, 0], [[7, null, { type: 'aws:cdk:acknowledged-rules' }, { type: 'aws:cdk:acknowledged-rules', data: 7 }], 0],
  [[{ type: 'other', data: { [RULE]: 'r' } }], 0], [[{ type: 'aws:cdk:acknowledged-rules', data: { [RULE]: 7 } }], 1],
])('metadata of any form are read: %j', (entries, count) => expect(acknowledgementsIn([['/Stack/I', entries]])).toHaveLength(count));

describe('on a resource of a template', () => {
  const on = (metadata: object): object[] => acknowledgementsOn({ Type: 'AWS::EC2::Instance', Metadata: metadata }, 'I', 'Stack/I');

  test('there is what this library writes', () => {
    const noted = { id: RULE, reason: 'r', scope: 'Stack', notAllowed: 'forbidden' };
    expect(on({ 'cdk-imds-guard:acknowledgements': [noted] })).toEqual([{ ...noted, logicalId: 'I' }]);
    expect(on({ 'cdk-imds-guard:acknowledgements': [{ ...noted, scope: '' }] })).toEqual([{ ...noted, scope: '', logicalId: 'I' }]); // the app
  });

  test('there are reasons by rule, as CDK keeps them', () => {
    expect(on({ 'aws:cdk:acknowledged-rules': { [RULE]: 'r', 'Other::rule': 'r' } })).toEqual([{ id: RULE, reason: 'r', scope: 'Stack/I', logicalId: 'I' }]);
  });

  test('there is what cdk-nag writes where it is asked to', () => {
    expect(on({ cdk_nag: { rules_to_suppress: [{ id: 'ImdsChecks-imdsv1-allowed', reason: 'r' }, { id: 'AwsSolutions-EC29', reason: 'r' }] } }))
      .toEqual([{ id: 'annotation::ImdsChecks-imdsv1-allowed', reason: 'r', scope: 'Stack/I', logicalId: 'I' }]);
  });

  test.each([{}, { 'cdk-imds-guard:acknowledgements': 7 }, { 'cdk-imds-guard:acknowledgements': [7, {}, { id: 7 }] }, { cdk_nag: 'no' }, { 'aws:cdk:acknowledged-rules': [] }])(
    'there is none in %j', metadata => expect(on(metadata)).toEqual([]),
  );
});

describe('it is worth', () => {
  const worth = (each: object, policy = {}): object => standingOfAcknowledgement({ id: RULE, reason: 'r', scope: 'Stack', ...each }, policy);

  test('something with a rule and a reason', () => expect(worth({})).toEqual({ state: 'active' }));

  test.each([
    [{ id: 'cdk-imds-guard::imdsv1-alowed' }, {}, 'invalid', 'acknowledgement-unknown-rule', 'cdk-imds-guard::imdsv1-alowed on Stack is no rule', `write ${RULE}`],
    [{ id: 'cdk-imds-guard::x', scope: '' }, {}, 'invalid', 'acknowledgement-unknown-rule', 'cdk-imds-guard::x on the app is no rule', 'write one of cdk-imds-guard::endpoint-needed, '],
    [{ id: 'cdk-imds-guard::exemption-expired' }, {}, 'invalid', 'acknowledgement-unknown-rule',
      'cdk-imds-guard::exemption-expired on Stack names a rule that there is, but that cannot be acknowledged, so it has no effect',
      'remove the acknowledgement, and do what imds-guard explain exemption-expired says'],
    [{ id: 'imds_guard::internal-error' }, {}, 'invalid', 'acknowledgement-unknown-rule', 'names a rule that there is, but that cannot', 'imds-guard explain internal-error'],
    [{ id: 'cdk-imds-guard::exemption-expird' }, {}, 'invalid', 'acknowledgement-unknown-rule', 'is no rule', 'write one of cdk-imds-guard::'],
    [{ reason: '' }, {}, 'invalid', 'acknowledgement-without-reason', 'without a reason', 'give the reason'],
    [{}, { forbidAcknowledgements: true }, 'not allowed', 'acknowledgement-not-allowed', 'are forbidden here', 'use an ImdsExemption'],
    [{ notAllowed: 'it was forbidden' }, {}, 'not allowed', 'acknowledgement-not-allowed', 'it was forbidden', 'use an ImdsExemption'],
  ])('nothing: %j %j', (each, policy, state, rule, reason, fix) => {
    expect(worth(each, policy)).toEqual({ state, notice: { rule, reason: expect.stringContaining(reason), fix: expect.stringContaining(fix) } });
  });
});

test('a scope holds what is at or below it', () => {
  expect(['', 'A', 'A/B', 'A/B/C'].map(scope => isWithin('A/B', scope))).toEqual([true, true, true, false]);
  expect(isWithin('A/BC', 'A/B')).toBe(false);
});
