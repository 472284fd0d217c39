import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_emr as emr, aws_iam as iam, aws_imagebuilder as imagebuilder, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { library } from './library';

/*
 * Every construct that one account can deploy, with options. What an organization's management account deploys is in
 * examples/organization. AWS Config must record in the account; the defaults of the account and Region are changed, and restored in the end.
 */
const app = new App({ context: { 'aws:cdk:disable-creation-stack-traces': true, 'aws:cdk:disable-stack-trace': true } }); // they have the paths of a machine in them
library.ImdsGuard.enforce(app, {
  httpPutResponseHopLimit: 2,
  maxHttpPutResponseHopLimit: 2,
  allowReplacement: ['AWS::EMR::SecurityConfiguration'],
  maxExemptionDays: 90,
  forbidAcknowledgements: true,
});

const hosts = new Stack(app, 'ImdsGuardHosts');
const vpc = new ec2.Vpc(hosts, 'Vpc', {
  natGateways: 0,
  maxAzs: 1,
  subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  restrictDefaultSecurityGroup: false,
});
const host = {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  instanceType: new ec2.InstanceType('t3.nano'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
};
const instance = new library.Imdsv2Instance(hosts, 'Host', host);
const launchTemplate = new library.Imdsv2LaunchTemplate(hosts, 'Template', { instanceType: host.instanceType, machineImage: host.machineImage });
new autoscaling.AutoScalingGroup(hosts, 'Group', { vpc, vpcSubnets: host.vpcSubnets, launchTemplate, minCapacity: 0, maxCapacity: 1 });
const plain = new ec2.CfnLaunchTemplate(hosts, 'PlainTemplate', {
  launchTemplateData: { instanceType: 't3.nano', metadataOptions: { httpTokens: 'optional' } },
});
const security = new emr.CfnSecurityConfiguration(hosts, 'Emr', { securityConfiguration: {} });
const role = new iam.Role(hosts, 'BuilderRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
const profile = new iam.InstanceProfile(hosts, 'BuilderProfile', { role });
new imagebuilder.CfnInfrastructureConfiguration(hosts, 'Builder', {
  name: 'imds-guard-integ', instanceProfileName: profile.instanceProfileName,
});

const prevention = new Stack(app, 'ImdsGuardPrevention');
new library.ImdsGuardHook(prevention, 'Hook', { maxHttpPutResponseHopLimit: 2, failureMode: library.ImdsHookFailureMode.WARN });
new library.ImdsConfigRules(prevention, 'Rules', { maxHttpPutResponseHopLimit: 2, remediation: { automatic: false } });
new library.Imdsv1UsageAlarm(prevention, 'Usage');
new library.ImdsAccountDefaults(prevention, 'AccountDefaults', { httpPutResponseHopLimit: 2, removalPolicy: RemovalPolicy.DESTROY });
new iam.ManagedPolicy(prevention, 'Policy', {
  statements: new library.ImdsPolicies({ maxHttpPutResponseHopLimit: 2, exemptions: [library.ImdsPolicyExemption.principalTag('imds', 'exempt')] }).statements(),
});

const test = new IntegTest(app, 'Everything', { testCases: [hosts, prevention], stackUpdateWorkflow: false });
const instances = test.assertions.awsApiCall('EC2', 'describeInstances', { InstanceIds: [instance.instanceId] });
instances.assertAtPath('Reservations.0.Instances.0.MetadataOptions.HttpTokens', ExpectedResult.exact('required'));
for (const id of [launchTemplate.launchTemplateId!, plain.ref]) {
  const versions = test.assertions.awsApiCall('EC2', 'describeLaunchTemplateVersions', { LaunchTemplateId: id, Versions: ['$Latest'] });
  const options = 'LaunchTemplateVersions.0.LaunchTemplateData.MetadataOptions';
  versions.assertAtPath(`${options}.HttpTokens`, ExpectedResult.exact('required'));
  versions.assertAtPath(`${options}.HttpPutResponseHopLimit`, ExpectedResult.exact(2));
}
test.assertions.awsApiCall('EMR', 'describeSecurityConfiguration', { Name: security.ref })
  .assertAtPath('SecurityConfiguration', ExpectedResult.stringLikeRegexp('MinimumInstanceMetadataServiceVersion.{1,3}2'));
test.assertions.awsApiCall('EC2', 'getInstanceMetadataDefaults', {})
  .assertAtPath('AccountLevel.HttpTokens', ExpectedResult.exact('required'));
