import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { library } from './library';

/*
 * One line in an app that sets nothing: its instance answers to version 2 alone. Deploys a network without gateways and a t3.nano.
 */
const app = new App({ context: { 'aws:cdk:disable-creation-stack-traces': true, 'aws:cdk:disable-stack-trace': true } }); // they have the paths of a machine in them
library.ImdsGuard.enforce(app);

const stack = new Stack(app, 'ImdsGuardDefaults');
const vpc = new ec2.Vpc(stack, 'Vpc', {
  natGateways: 0,
  maxAzs: 1,
  subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  restrictDefaultSecurityGroup: false,
});
const instance = new ec2.Instance(stack, 'Host', {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  instanceType: new ec2.InstanceType('t3.nano'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
});

const test = new IntegTest(app, 'Defaults', { testCases: [stack], stackUpdateWorkflow: false });
test.assertions.awsApiCall('EC2', 'describeInstances', { InstanceIds: [instance.instanceId] })
  .assertAtPath('Reservations.0.Instances.0.MetadataOptions.HttpTokens', ExpectedResult.exact('required'));
