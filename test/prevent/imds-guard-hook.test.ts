/* eslint-disable @stylistic/max-len */ // what a template holds, a line
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsGuardHook, ImdsGuardHookProps, ImdsHookFailureMode, ImdsOrganizationGuardHook, ImdsOrganizationGuardHookProps } from '../../src';
import { GUARDED_TYPES } from '../../src/engine/policies/guard-limits';
import { RULES_WRITER } from '../../src/engine/policies/rules-writer';
import { failuresIn, testWithGuard } from '../support/cfn-guard';
import { lintErrors, testWithLint } from '../support/cfn-lint';
import { Json, newApp, only } from '../support/support';

const HOOK = 'AWS::CloudFormation::GuardHook';
const WEAK = { Resources: { One: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 } } } } };

function hooked(props?: ImdsGuardHookProps): { template: Json; rules: string } {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  new ImdsGuardHook(stack, 'Hook', props);
  app.synth();
  const { files } = JSON.parse(readFileSync(join(app.outdir, 'Stack.assets.json'), 'utf8'));
  const rules = Object.values<Json>(files).filter(({ source }) => source.path.endsWith('.guard'));
  expect(rules).toHaveLength(1);
  return { template: Template.fromStack(stack).toJSON(), rules: readFileSync(join(app.outdir, rules[0].source.path), 'utf8') };
}

test('warns by default, before a resource with a rule is created or updated', () => {
  expect(only(hooked().template, HOOK)).toMatchObject({
    Alias: 'CdkImdsGuard::Imds::RequireImdsv2',
    FailureMode: 'WARN',
    HookStatus: 'ENABLED',
    TargetOperations: ['RESOURCE', 'CLOUD_CONTROL'],
    TargetFilters: { Actions: ['CREATE', 'UPDATE'], InvocationPoints: ['PRE_PROVISION'], TargetNames: GUARDED_TYPES },
  });
});

test('CloudFormation takes the type names, and as many', () => {
  expect(GUARDED_TYPES.filter(type => !/^[a-zA-Z0-9]{2,64}::[a-zA-Z0-9]{2,64}::[a-zA-Z0-9]{2,64}$/.test(type))).toEqual([]);
  expect(GUARDED_TYPES.length).toBeLessThanOrEqual(50);
});

test('says what it was told to', () => {
  const { template } = hooked({ failureMode: ImdsHookFailureMode.FAIL, enabled: false, alias: 'My::Own::Hook', excludeStackNames: ['legacy'] });
  expect(only(template, HOOK)).toMatchObject({
    Alias: 'My::Own::Hook', FailureMode: 'FAIL', HookStatus: 'DISABLED', StackFilters: { FilteringCriteria: 'ALL', StackNames: { Exclude: ['legacy'] } },
  });
  expect(only(hooked().template, HOOK)).not.toHaveProperty('StackFilters');
});

test('the role fetches rules and nothing else', () => {
  const { AssumeRolePolicyDocument: trust, Policies: policies, ...rest } = only(hooked().template, 'AWS::IAM::Role');
  expect(trust.Statement).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'hooks.cloudformation.amazonaws.com' } }]);
  const bucket = 'arn:${AWS::Partition}:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}';
  const joined = JSON.parse(JSON.stringify(policies).replace(/\{"Fn::Join":\["",(\[.*?\])\]\}/g, (_, parts) => JSON.stringify(JSON.parse(parts).map((each: any) => each.Ref ? `\${${each.Ref}}` : each['Fn::Sub'] ?? each).join(''))));
  expect(joined).toEqual([{
    PolicyName: 'ReadRules',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: `${bucket}/*.guard` },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
      ],
    },
  }]);
  expect(rest).not.toHaveProperty('ManagedPolicyArns');
});

test('the rules are an object whose name ends as a hook needs it', () => {
  expect(JSON.stringify(only(hooked().template, HOOK).RuleLocation)).toMatch(/s3:\/\/cdk-[^"]*\/[0-9a-f]{64}\.guard/);
});

testWithGuard('the asset holds the rules with the settings that were given', () => {
  expect(failuresIn(hooked().rules, WEAK)).toEqual({ One: ['requires_imdsv2'] });
  expect(failuresIn(hooked({ maxHttpPutResponseHopLimit: 1 }).rules, WEAK)).toEqual({ One: ['requires_imdsv2', 'limits_hops'] });
  expect(failuresIn(hooked({ httpEndpoint: false }).rules, WEAK)).toEqual({ One: ['requires_imdsv2', 'sets_endpoint'] });
});

test.each([
  [{ alias: 'AWS::Own::Hook' }, "'alias' must have the form Name1::Name2::Name3, letters and digits, not beginning with AWS, got \"AWS::Own::Hook\""],
  [{ alias: 'Hook' }, "'alias' must have the form"],
  [{ maxHttpPutResponseHopLimit: 0 }, "'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 0"],
])('refuses %p', (props, message) => {
  expect(() => hooked(props)).toThrow(message);
});

testWithLint('its template lints without errors', () => {
  expect(lintErrors(hooked({ excludeStackNames: ['legacy'] }).template)).toEqual([]);
});

describe('in an organization', () => {
  const PLACES = { organizationalUnitIds: ['ou-abcd-12345678'], regions: ['eu-central-1', 'us-east-1'] };

  function organized(props: Partial<ImdsOrganizationGuardHookProps> = {}): { template: Json; set: Json; inner: Json } {
    const stack = new Stack(newApp(), 'Stack');
    new ImdsOrganizationGuardHook(stack, 'Hook', { ...PLACES, ...props });
    const template = Template.fromStack(stack).toJSON();
    const set = only(template, 'AWS::CloudFormation::StackSet');
    return { template, set, inner: JSON.parse(set.TemplateBody) };
  }

  test('reaches the accounts that are there and those that come', () => {
    const { set } = organized();
    expect(set).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      Capabilities: ['CAPABILITY_IAM'],
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: PLACES.organizationalUnitIds }, Regions: PLACES.regions }],
    });
    expect(set.StackSetName).toMatch(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/);
    expect(set).not.toHaveProperty('CallAs');
    expect(organized({ delegatedAdministrator: true }).set.CallAs).toBe('DELEGATED_ADMIN');
  });

  test('its template stands alone, and is no larger than CloudFormation takes', () => {
    const { set, inner } = organized({ maxHttpPutResponseHopLimit: 64, httpEndpoint: false, excludeStackNames: Array.from({ length: 50 }, (_, i) => `stack-${i}`) });
    expect(Buffer.byteLength(set.TemplateBody)).toBeLessThan(51_200);
    expect(set.TemplateBody).not.toMatch(/cdk-hnb659fds|BootstrapVersion/);
    const used = JSON.stringify(inner).match(/(?<="Ref":"|"Fn::GetAtt":\[")\w+/g)!;
    expect(used.filter(id => !(id in inner.Resources))).toEqual([]);
  });

  test('refuses a template that is larger', () => {
    expect(() => organized({ excludeStackNames: Array.from({ length: 400 }, (_, i) => `${'stack'.repeat(20)}${i}`) })).toThrow(/has \d+ bytes and CloudFormation takes 51200/);
  });

  test('the hook is made once the rules are there, and finds them', () => {
    const { Bucket: bucket, Rules: rules, Hook: hook } = organized({ failureMode: ImdsHookFailureMode.FAIL }).inner.Resources;
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect(hook).toMatchObject({ DependsOn: 'Rules', Properties: { FailureMode: 'FAIL', RuleLocation: { Uri: { 'Fn::Sub': `s3://\${Bucket}/${rules.Properties.Key}` } } } });
    expect(rules.Properties.Key).toMatch(/^imdsv2-[0-9a-f]{16}\.guard$/);
  });

  test('changed rules are another object', () => {
    const key = (props: ImdsGuardHookProps): string => organized(props).inner.Resources.Rules.Properties.Key;
    expect(key({ maxHttpPutResponseHopLimit: 1 })).not.toBe(key({ maxHttpPutResponseHopLimit: 2 }));
    expect(key({ enabled: false })).toBe(key({ enabled: true }));
  });

  testWithGuard('the rules are the same, without comments', () => {
    const { Rules: rules } = organized({ maxHttpPutResponseHopLimit: 1 }).inner.Resources.Rules.Properties;
    expect(rules).not.toMatch(/^ *#/m);
    expect(failuresIn(rules, WEAK)).toEqual({ One: ['requires_imdsv2', 'limits_hops'] });
  });

  test('refuses to be nowhere', () => {
    expect(() => organized({ regions: [] })).toThrow("'regions' must name a Region, got none");
    expect(() => organized({ organizationalUnitIds: [] })).toThrow("'organizationalUnitIds' must name an organizational unit or the root, got none");
  });

  testWithLint('both templates lint without errors', () => {
    const { template, inner } = organized({ excludeStackNames: ['legacy'] });
    expect([lintErrors(template), lintErrors(inner)]).toEqual([[], []]);
  });
});

describe('the function that writes the rules', () => {
  /** Runs it against an S3 that is made up, and a CloudFormation that answers over HTTP. */
  async function run(requestType: string, fails = false): Promise<{ sent: Json[]; answer: Json; contentType?: string }> {
    const sent: Json[] = [];
    const command = (name: string) => class { public constructor(input: Json) { Object.assign(this, { name, ...input }); } };
    class S3Client {
      public async send(given: Json): Promise<void> {
        sent.push({ ...given });
        if (fails) { throw new Error('Access Denied'); }
      }
    }
    const modules: Json = { '@aws-sdk/client-s3': { S3Client, PutObjectCommand: command('put'), DeleteObjectCommand: command('delete') } };
    const exported: Json = {};
    new Function('exports', 'require', RULES_WRITER)(exported, (name: string) => modules[name]);
    let body = '';
    let contentType: string | undefined;
    const server = createServer((request, response) => {
      contentType = request.headers['content-type'];
      request.on('data', chunk => { body += chunk; }).on('end', () => response.end());
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
    try {
      await exported.handler({
        RequestType: requestType,
        ResponseURL: `http://localhost:${(server.address() as AddressInfo).port}/answer`,
        StackId: 's',
        RequestId: 'r',
        LogicalResourceId: 'Rules',
        ResourceProperties: { Bucket: 'b', Key: 'k.guard', Rules: 'rule x { }' },
      });
    } finally {
      server.close();
    }
    return { sent, answer: JSON.parse(body), contentType };
  }

  const ANSWER = { PhysicalResourceId: 'b/k.guard', StackId: 's', RequestId: 'r', LogicalResourceId: 'Rules' };

  test.each(['Create', 'Update'])('%s writes them', async type => {
    expect(await run(type)).toEqual({ sent: [{ name: 'put', Bucket: 'b', Key: 'k.guard', Body: 'rule x { }' }], answer: { Status: 'SUCCESS', ...ANSWER }, contentType: '' });
  });

  test('Delete removes them', async () => {
    expect((await run('Delete')).sent).toEqual([{ name: 'delete', Bucket: 'b', Key: 'k.guard' }]);
  });

  test('tells CloudFormation why it failed', async () => {
    expect((await run('Create', true)).answer).toEqual({ Status: 'FAILED', Reason: 'the rules cannot be written: Access Denied', ...ANSWER });
  });
});
