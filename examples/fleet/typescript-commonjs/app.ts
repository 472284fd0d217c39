import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'Shop');
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', {
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  instanceType: new ec2.InstanceType('t3.micro'),
  securityGroup: new ec2.SecurityGroup(stack, 'Web', { vpc }),
});
new autoscaling.AutoScalingGroup(stack, 'Hosts', { vpc, launchTemplate });
