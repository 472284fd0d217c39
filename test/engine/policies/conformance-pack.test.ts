import { CONFIG_RULES } from '../../../src/engine/policies/config-rules';
import { conformancePack } from '../../../src/engine/policies/conformance-pack';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { lintErrors, testWithLint } from '../../support/cfn-lint';

type Pack = { [logicalId: string]: { Type: string; Properties: { [name: string]: any }; DependsOn?: string } };
const resourcesOf = (settings?: Parameters<typeof conformancePack>[0]): Pack => conformancePack(settings).Resources as Pack;

test('every rule is about a launch surface', () => {
  expect(CONFIG_RULES.filter(({ type }) => !surfaceOf(type))).toEqual([]);
});

test('a rule is named as its identifier is', () => {
  expect(CONFIG_RULES.map(({ name }) => name.replace(/-/g, '_').toUpperCase())).toEqual(CONFIG_RULES.map(({ identifier }) => identifier));
});

test('a pack has a rule for instances, launch templates and launch configurations', () => {
  expect(resourcesOf()).toMatchObject({
    Ec2Imdsv2Check: {
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: 'ec2-imdsv2-check',
        Scope: { ComplianceResourceTypes: ['AWS::EC2::Instance'] },
        Source: { Owner: 'AWS', SourceIdentifier: 'EC2_IMDSV2_CHECK' },
      },
    },
    Ec2LaunchTemplateImdsv2Check: {},
    AutoscalingLaunchconfigRequiresImdsv2: {},
  });
  expect(Object.keys(resourcesOf())).toHaveLength(3);
});

test('hop limits are looked at where there is a maximum', () => {
  expect(resourcesOf({ maxHttpPutResponseHopLimit: 2 }).Ec2TokenHopLimitCheck.Properties.InputParameters).toEqual({ tokenHopLimit: '2' });
  expect(Object.keys(resourcesOf({ maxHttpPutResponseHopLimit: 1 }))).toHaveLength(5);
  expect(() => conformancePack({ maxHttpPutResponseHopLimit: 0 })).toThrow("'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 0");
});

test('instances are corrected by hand where a role is named', () => {
  const { Remediation: { DependsOn: before, Properties: properties }, ...rules } = resourcesOf({ remediationRoleName: 'imds' });
  expect(rules).toHaveProperty(before!);
  expect(properties).toMatchObject({
    ConfigRuleName: rules[before!].Properties.ConfigRuleName,
    ResourceType: 'AWS::EC2::Instance',
    Automatic: false,
    Parameters: { AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/imds' }] } } },
  });
  expect(resourcesOf()).not.toHaveProperty('Remediation');
});

test('a pack is plain data, of a size that AWS Config takes', () => {
  const pack = conformancePack({ maxHttpPutResponseHopLimit: 1, remediationRoleName: 'imds' });
  expect(JSON.parse(JSON.stringify(pack))).toEqual(pack);
  expect(JSON.stringify(pack).length).toBeLessThan(51_200);
});

testWithLint('a pack lints without errors', () => {
  expect(lintErrors(conformancePack({ maxHttpPutResponseHopLimit: 1, remediationRoleName: 'imds' }))).toEqual([]);
});
