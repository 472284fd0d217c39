import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, CfnResource, Fn, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src';
import { isExemptable } from '../../src/engine/exemptions/exemptions';
import { MESSAGES } from '../../src/engine/exemptions/messages';
import { RuleId, RULES } from '../../src/engine/findings/rules';
import { newApp, outcomeOf, told } from '../support/support';
import { imdsGuard } from '../support/terminal';

/** What is told while enforcing and found when checking, under one id; with a resource about which it is both. */
const BOTH: { readonly [id: string]: (stack: Stack) => CfnResource } = {
  'endpoint-needed': stack => new ec2.CfnInstance(stack, 'R', { iamInstanceProfile: 'p', metadataOptions: { httpEndpoint: 'disabled' } }),
  'hop-limit-too-low': stack => new ec2.CfnInstance(stack, 'R', { userData: Fn.base64('#!/bin/sh\ndocker run x'), metadataOptions: { httpPutResponseHopLimit: 1 } }),
  'old-template-version': stack => {
    const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
    return new autoscaling.CfnAutoScalingGroup(stack, 'R', { minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: '1' } });
  },
};

const SPELLINGS = ['cdk-imds-guard:', 'cdk-imds-guard::', 'ImdsChecks::'];
type Acknowledge = (resource: CfnResource, acknowledgement: { id: string; reason: string }) => void;

interface Outcome {
  /** Warnings of the synthesis. */
  readonly told: string[];

  /** Of the rule in `imds-guard check`, as `status`. */
  readonly found: string[];

  /** In `imds-guard check`, as `source state reason`. */
  readonly exemptions: string[];
  readonly exitCode: number;
}

interface Reported {
  readonly findings: readonly { readonly rule: string; readonly status: string }[];
  readonly exemptions: readonly { readonly source: string; readonly state: string; readonly reason: string }[];
}

async function outcome(app: App, rule: string, ...args: string[]): Promise<Outcome> {
  outcomeOf(app);
  const { stdout, exitCode } = await imdsGuard(app.outdir, ['check', '.', '--format', 'json', ...args]);
  const { findings, exemptions } = JSON.parse(stdout) as Reported;
  return {
    told: told(app).filter(each => each.endsWith(rule)),
    found: findings.filter(each => each.rule === rule || !isExemptable(each.rule)).map(each => each.rule === rule ? each.status : each.rule),
    exemptions: exemptions.map(({ source, state, reason }) => `${source} ${state} ${reason}`),
    exitCode,
  };
}

function appWith(build: (stack: Stack) => CfnResource, acknowledge: (resource: CfnResource) => void): App {
  const app = newApp();
  ImdsGuard.enforce(app);
  acknowledge(build(new Stack(new Stage(app, 'Stage'), 'Stack')));
  return app;
}

test('these ids are rules, of which none is a violation, and messages', () => {
  const ids = Object.keys(MESSAGES).filter(isExemptable);
  expect(ids).toEqual(Object.keys(BOTH));
  expect(ids.map(id => RULES[id as RuleId].verdict)).toEqual(['advice', 'advice', 'cannot tell']);
});

describe.each(Object.entries(BOTH))('%s', (rule, build) => {
  test('is told by the synthesis and listed by the check', async () => {
    expect(await outcome(appWith(build, () => {}), rule)).toEqual({ told: [`Stage/Stack/R warning ${rule}`], found: ['new'], exemptions: [], exitCode: 0 });
  });

  test.each(SPELLINGS.flatMap(spelling => [
    ['itself', spelling, (resource, each) => Validations.of(resource).acknowledge(each)],
    ['the stack', spelling, (resource, each) => Validations.of(resource.stack).acknowledge(each)],
    ['the app', spelling, (resource, each) => Validations.of(resource.node.root).acknowledge(each)],
  ] as [string, string, Acknowledge][]))('acknowledged on %s as %s, is silenced in both, and listed as exempt', async (_, spelling, acknowledge) => {
    const app = appWith(build, resource => acknowledge(resource, { id: `${spelling}${rule}`, reason: 'why' }));
    expect(await outcome(app, rule)).toEqual({ told: [], found: ['exempt'], exemptions: ['acknowledgement active why'], exitCode: 0 });
  });
});

const TOO_LOW = BOTH['hop-limit-too-low'];

test('an acknowledgement of another message silences neither', async () => {
  const app = appWith(TOO_LOW, resource => Validations.of(resource).acknowledge({ id: 'cdk-imds-guard:endpoint-needed', reason: 'why' }));
  expect(await outcome(app, 'hop-limit-too-low')).toMatchObject({ told: [expect.anything()], found: ['new'], exemptions: [] });
});

test('an acknowledgement elsewhere silences neither', async () => {
  const app = appWith(TOO_LOW, resource => Validations.of(new CfnResource(resource.stack, 'Other', { type: 'AWS::SNS::Topic' }))
    .acknowledge({ id: 'cdk-imds-guard:hop-limit-too-low', reason: 'why' }));
  expect(await outcome(app, 'hop-limit-too-low')).toMatchObject({ told: [expect.anything()], found: ['new'], exemptions: [] });
});

test('of what is told and not found the check has nothing to say; of a rule that nothing breaks it has', async () => {
  const fine = (stack: Stack): CfnResource => new ec2.CfnInstance(stack, 'R');
  const acknowledged = (id: string) => appWith(fine, resource => Validations.of(resource).acknowledge({ id, reason: 'why' }));
  expect(await outcome(acknowledged('cdk-imds-guard:hop-limit-too-low'), 'hop-limit-too-low')).toMatchObject({ found: [], exemptions: [] });
  expect(await outcome(acknowledged('cdk-imds-guard::hop-limit-too-low'), 'hop-limit-too-low')).toMatchObject({
    found: ['exemption-unused'], exemptions: ['acknowledgement unused why'],
  });
});

test('where acknowledgements are forbidden, or without a reason, both spellings fail', async () => {
  for (const spelling of ['cdk-imds-guard:', 'cdk-imds-guard::']) {
    const acknowledged = (reason: string): App => appWith(TOO_LOW, resource => Validations.of(resource).acknowledge({ id: `${spelling}hop-limit-too-low`, reason }));
    expect(await outcome(acknowledged('why'), 'hop-limit-too-low', '--forbid-acknowledgements')).toMatchObject({ found: ['new', 'acknowledgement-not-allowed'], exitCode: 1 });
    expect(await outcome(acknowledged(''), 'hop-limit-too-low')).toMatchObject({ found: ['new', 'acknowledgement-without-reason'], exitCode: 1 });
  }
});
