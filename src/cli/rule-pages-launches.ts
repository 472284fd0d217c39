import { dedented, paragraph, TEMPLATE_REFERENCE, WrittenPage } from './rule-pages-parts';

/** Rules about how instances are launched. */
export const LAUNCH_PAGES = {
  'old-template-version': {
    why: paragraph(`
      An edit of a launch template makes a new version, and CloudFormation cannot move the default one. Whoever launches the default version (EKS
      node groups and Batch do where none is given) or a fixed number goes on with the data of that day: the template in the stack requires
      IMDSv2, the instances do not.
    `),
    refused: paragraph(`
      IAM and service control policies look at the template when a group is pointed at it, not when the group launches later. The account's
      enforcement (HttpTokensEnforced) refuses every launch that ends with tokens optional, also those.
    `),
    fix: paragraph(`
      Refer to the latest version with Fn::GetAtt. Of an instance, an EC2 fleet or a spot fleet every such change is a replacement: give an
      instance metadata options of its own instead. So it is of a Batch compute environment, unless ReplaceComputeEnvironment is false.
    `),
    cdk: dedented(`
      import { aws_autoscaling as autoscaling } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts');
      new autoscaling.CfnAutoScalingGroup(stack, 'Group', {
        minSize: '1',
        maxSize: '2',
        availabilityZones: ['eu-central-1a'],
        launchTemplate: {
          launchTemplateId: hosts.launchTemplateId,
          version: hosts.latestVersionNumber,
        },
      });
    `),
    page: `${TEMPLATE_REFERENCE}/aws-resource-ec2-launchtemplate.html`,
    failing: dedented(`
      Resources:
        Group:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: '1'
            MaxSize: '2'
            LaunchTemplate:
              LaunchTemplateId: !Ref Hosts
              Version: '1'
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 1
    `),
    passing: dedented(`
      Resources:
        Group:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: '1'
            MaxSize: '2'
            LaunchTemplate:
              LaunchTemplateId: !Ref Hosts
              Version: !GetAtt Hosts.LatestVersionNumber
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 1
    `),
  },

  'uncontrolled-launch': {
    why: paragraph(`
      An Auto Scaling group that is made from an instance (InstanceId) does not copy its metadata options, and inline launch specifications of a
      spot fleet have no place for any. No property in this form requires IMDSv2: the account's default or the image decides, and where neither
      does, instances answer IMDSv1.
    `),
    refused: paragraph(`
      An account that enforces IMDSv2 (HttpTokensEnforced) refuses what would answer IMDSv1. A request for a spot fleet carries no metadata key
      to look at, so the usual service control policy denies ec2:RequestSpotFleet altogether; there, use an Auto Scaling group.
    `),
    fix: 'Launch from a launch template that requires IMDSv2. For both types that is a replacement.',
    cdk: dedented(`
      import { aws_autoscaling as autoscaling, aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts', {
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      });
      new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: hosts });
    `),
    page: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-asg-from-instance.html',
    failing: dedented(`
      Resources:
        Group:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: '1'
            MaxSize: '2'
            InstanceId: i-0123456789abcdef0
    `),
    passing: dedented(`
      Resources:
        Group:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: '1'
            MaxSize: '2'
            LaunchTemplate:
              LaunchTemplateId: !Ref Hosts
              Version: !GetAtt Hosts.LatestVersionNumber
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              ImageId: ami-0123456789abcdef0
              InstanceType: t3.micro
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 1
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
