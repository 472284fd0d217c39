const { App, NestedStack, Stack, aws_ec2: ec2 } = require('aws-cdk-lib');

const app = new App();
const stack = new Stack(app, 'Legacy');
new ec2.CfnInstance(new NestedStack(stack, 'Batch'), 'Host', { imageId: 'ami-0123456789abcdef0', instanceType: 't3.micro' });
new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'optional' } } });
