import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixInTemplate, Remedy } from '../../../src/engine/findings/remedy';
import { fixInCdk } from '../../../src/engine/report/fix-in-cdk';
import { placesOf } from '../../../src/engine/surfaces/places';
import { LaunchSurface } from '../../../src/engine/surfaces/surface';
import { LAUNCH_SURFACES, surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { reportOn } from '../../support/judged';

/** The fixes of one resource, as a report has them. */
function fixes(type: string, constructPath: string | undefined, { logicalId = 'Hosts1A2B3C4D', properties = {}, max }: Given = {}): string[] {
  const Metadata = constructPath === undefined ? undefined : { 'aws:cdk:path': constructPath };
  const templates = { Web: { Resources: { [logicalId]: { Type: type, Properties: properties, Metadata } } } };
  return reportOn(templates, {}, max).findings.map(({ fix }) => fix);
}

interface Given {
  readonly logicalId?: string;
  readonly properties?: object;
  readonly max?: number;
}

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';

test.each([
  [INSTANCE, 'Web/Host/Resource', 'set httpTokens: ec2.HttpTokens.REQUIRED on the ec2.Instance'],
  [INSTANCE, 'Web/Bastion/Resource/Resource', 'set httpTokens: ec2.HttpTokens.REQUIRED on the ec2.Instance, '
    + 'or the override MetadataOptions.HttpTokens: "required" on the CfnInstance (instance.instance) of the ec2.BastionHostLinux that makes it'],
  [INSTANCE, 'Web/Vpc/PublicSubnet1/NatInstance/Resource', 'set httpTokens: ec2.HttpTokens.REQUIRED on the ec2.Instance, '
    + 'or the override MetadataOptions.HttpTokens: "required" on the CfnInstance (instance of each of gatewayInstances) of the ec2.NatInstanceProviderV2 that makes it'],
  [TEMPLATE, 'Web/Hosts/Resource', 'set httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED on the ec2.LaunchTemplate'],
  [TEMPLATE, 'Web/Hosts/LaunchTemplate/Resource', 'set httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED on the ec2.LaunchTemplate, '
    + 'or requireImdsv2: true on the autoscaling.AutoScalingGroup that makes it'],
  ['AWS::AutoScaling::LaunchConfiguration', 'Web/Hosts/LaunchConfig', 'set requireImdsv2: true on the autoscaling.AutoScalingGroup'],
  ['AWS::EKS::Nodegroup', 'Web/Nodes/Resource', 'launch from an ec2.LaunchTemplate with httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED (launchTemplateSpec of eks.Nodegroup)'],
  [INSTANCE, 'Web/Part/Host', 'set metadataOptions.httpTokens of the CfnInstance to "required"'],
  ['AWS::SageMaker::NotebookInstance', 'Web/Part/Book', 'set instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion of the CfnNotebookInstance to "2"'],
])('a %s at %s is told in the words of CDK', (type, path, fix) => expect(fixes(type, path)[0]).toBe(fix));

test('a template that CDK did not make is told in its own words', () => {
  expect(fixes(INSTANCE, undefined)).toEqual(['set MetadataOptions.HttpTokens to "required"']);
  expect(fixes('AWS::EKS::Nodegroup', undefined)[0]).toBe('refer to an AWS::EC2::LaunchTemplate that requires IMDSv2');
});

test('what may come from a template file is told both ways', () => {
  expect(fixes(INSTANCE, 'Web/Included/Host', { logicalId: 'Host' })[0])
    .toBe('set metadataOptions.httpTokens of the CfnInstance to "required", or MetadataOptions.HttpTokens in the template file that it may come from');
  expect(fixes(INSTANCE, 'Web/Included/Resource', { logicalId: 'Resource' })[0]).toContain('in the template file');
  expect(fixes(INSTANCE, 'Web/Host', { logicalId: 'Host' })[0]).toBe('set metadataOptions.httpTokens of the CfnInstance to "required"'); // nothing is around it
});

test('where a class of CDK lacks the property, an override writes it', () => {
  expect(fixes('AWS::AppStream::ImageBuilder', 'Web/Part/Images')).toEqual(['call addPropertyOverride(\'DisableIMDSV1\', true) on the CfnImageBuilder']);
});

test('a hop limit names the prop, and one number where there is only one', () => {
  const high = { properties: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 3 } } };
  expect(fixes(INSTANCE, 'Web/Host/Resource', { ...high, max: 2 })).toEqual(['set httpPutResponseHopLimit to a number from 1 to 2 on the ec2.Instance']);
  expect(fixes(INSTANCE, undefined, { ...high, max: 1 })).toEqual(['set MetadataOptions.HttpPutResponseHopLimit to 1']);
});

test('an endpoint is true or false in CDK', () => {
  const properties = { MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'off', HttpPutResponseHopLimit: 1 } };
  expect(fixes(INSTANCE, 'Web/Host/Resource', { properties })).toEqual(['set httpEndpoint to true or false on the ec2.Instance']);
  expect(fixes(INSTANCE, undefined, { properties })).toEqual(['set MetadataOptions.HttpEndpoint to "enabled" or "disabled"']);
});

test('of a manifest of Kubernetes the key is told, by CDK and by a template', () => {
  const properties = { Manifest: JSON.stringify([{ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: 'optional' } } }]) };
  for (const path of [undefined, 'Web/Cluster/manifest-nodes/Resource/Default']) {
    expect(fixes('Custom::AWSCDK-EKS-KubernetesResource', path, { properties })).toEqual(['set spec.metadataOptions.httpTokens to "required" in the manifest of the EC2NodeClass']);
  }
});

test('an option of Elastic Beanstalk is named with its namespace', () => {
  expect(fixes('AWS::ElasticBeanstalk::Environment', 'Web/Part/Env')[0]).toBe(
    'set the value of { namespace: "aws:autoscaling:launchconfiguration", optionName: "DisableIMDSv1" } in optionSettings of the CfnEnvironment to "true"',
  );
});

/** What the types of aws-cdk-lib say. */
function declarations(copy: string, type: string): string {
  const [, service] = type.toLowerCase().split('::');
  return readFileSync(join('node_modules', copy, `aws-${service}`, 'lib', `${service}.generated.d.ts`), 'utf8');
}

describe.each(['aws-cdk-lib', 'aws-cdk-lib-newest'])('%s', copy => {
  const placed = LAUNCH_SURFACES.flatMap(placesOf).filter(({ tokens, type, document, cdkLacksIt }) => tokens && type.startsWith('AWS::') && document === undefined && !cdkLacksIt);

  test.each([
    ['bastion-host', 'readonly instance: Instance;', 'class BastionHostLinux '],
    ['nat', 'get gatewayInstances(): Instance[];', 'class NatInstanceProviderV2 '],
    ['instance', 'readonly instance: CfnInstance;', 'class Instance '],
  ])('has the instances of %s', (file, ...members) => {
    const text = readFileSync(join('node_modules', copy, 'aws-ec2/lib', `${file}.d.ts`), 'utf8');
    for (const member of members) { expect(text).toContain(member); }
  });

  test.each(placed.map(surface => [surface.type, surface] as const))('has the properties of %s as the fix spells them', (type, surface: LaunchSurface) => {
    const remedy: Remedy = { surface, option: 'tokens', to: '""' };
    const [, props, className] = /^set (?:the \w+ of .* in )?([\w.]+) of the (\w+) to ""$/.exec(fixInCdk(remedy, { constructPath: 'S/A/B', logicalId: 'AB1', stack: 'S' })!)!;
    const text = declarations(copy, type);
    expect(text).toContain(`class ${className} extends`);
    const own = text.slice(text.indexOf(`export interface ${className}Props`));
    expect(own.slice(0, own.indexOf('\n}'))).toMatch(new RegExp(`readonly ${props.split('.')[0]}\\??:`));
    for (const prop of props.split('.').filter(each => /^[a-z]/.test(each))) { expect(text).toMatch(new RegExp(`readonly ${prop}\\??:`)); }
    expect(fixInTemplate(remedy)).toMatch(/^set /);
  });

  test.each([
    ['aws-ec2/lib/instance.d.ts', surfaceOf(INSTANCE)!.cdk![0]],
    ['aws-ec2/lib/launch-template.d.ts', surfaceOf(TEMPLATE)!.cdk![0]],
    ['aws-autoscaling/lib/auto-scaling-group.d.ts', surfaceOf(TEMPLATE)!.cdk![1]],
    ['aws-autoscaling/lib/auto-scaling-group.d.ts', surfaceOf('AWS::AutoScaling::LaunchConfiguration')!.cdk![0]],
    ['aws-autoscaling/lib/auto-scaling-group.d.ts', surfaceOf('AWS::AutoScaling::AutoScalingGroup')!.cdk![0]],
    ['aws-batch/lib/managed-compute-environment.d.ts', surfaceOf('AWS::Batch::ComputeEnvironment')!.cdk![0]],
    ['aws-eks/lib/managed-nodegroup.d.ts', surfaceOf('AWS::EKS::Nodegroup')!.cdk![0]],
  ])('has the props of %s', (file, { tokens, hopLimit, endpoint, launchTemplate }) => {
    const text = readFileSync(join('node_modules', copy, file), 'utf8');
    const [prop, value] = tokens?.split(': ') ?? [];
    for (const name of [prop, hopLimit, endpoint, launchTemplate].filter(each => each !== undefined)) { expect(text).toContain(`readonly ${name}?:`); }
    if (value?.includes('.')) { expect(text).toContain(`enum ${value.split('.')[1]} `); }
  });
});
