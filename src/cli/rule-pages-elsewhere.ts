import { dedented, paragraph, TEMPLATE_REFERENCE, WrittenPage } from './rule-pages-parts';

/** Rules about settings that are decided elsewhere: why they cannot be known, and how to make them known. */
export const ELSEWHERE_PAGES = {
  'undecided-default': {
    why: paragraph(`
      The resource says nothing about IMDS and names nothing that does, so a default of the service decides, which CloudFormation does not show.
      An EKS node group without a launch template gets one from EKS, whose settings depend on the kind of image: AL2023 requires version 2, AL2
      does not. Batch and EMR have defaults of their own, which depend on the image or the release.
    `),
    fix: paragraph(`
      Give it a launch template (for EMR a security configuration) that requires IMDSv2. A node group that was made without a launch template
      cannot be given one: make a new node group. attachLaunchTemplate of ImdsGuard does it for new ones.
    `),
    cdk: dedented(`
      import { aws_eks as eks } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const nodes = new Imdsv2LaunchTemplate(stack, 'Nodes', { httpPutResponseHopLimit: 1 });
      new eks.CfnNodegroup(stack, 'Nodegroup', {
        clusterName: 'shop',
        nodeRole: 'arn:aws:iam::111122223333:role/nodes',
        subnets: ['subnet-0123456789abcdef0'],
        launchTemplate: { id: nodes.launchTemplateId, version: nodes.latestVersionNumber },
      });
    `),
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
    failing: dedented(`
      Resources:
        Nodegroup:
          Type: AWS::EKS::Nodegroup
          Properties:
            ClusterName: shop
            NodeRole: arn:aws:iam::111122223333:role/nodes
            Subnets: [subnet-0123456789abcdef0]
    `),
    passing: dedented(`
      Resources:
        Nodegroup:
          Type: AWS::EKS::Nodegroup
          Properties:
            ClusterName: shop
            NodeRole: arn:aws:iam::111122223333:role/nodes
            Subnets: [subnet-0123456789abcdef0]
            LaunchTemplate:
              Id: !Ref Nodes
              Version: !GetAtt Nodes.LatestVersionNumber
        Nodes:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 1
    `),
  },

  'undecided-launch-template': {
    why: paragraph(`
      What the resource launches from is made elsewhere: it is named by an id, a name, a parameter, an import or a dynamic reference, and none of
      the templates that were read has it. It may require IMDSv2 or not, and its owner may change it tomorrow without this template.
    `),
    fix: paragraph(`
      Check its template in the same run, or make the launch template here; an instance can have metadata options of its own, which win. One that
      you have looked at is trusted with --allow-launch-template lt-0123456789abcdef0=REASON.
    `),
    cdk: dedented(`
      import { aws_autoscaling as autoscaling, aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts', {
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      });
      new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: hosts });
    `),
    page: `${TEMPLATE_REFERENCE}/aws-resource-autoscaling-autoscalinggroup.html`,
    failing: dedented(`
      Resources:
        Group:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: '1'
            MaxSize: '2'
            LaunchTemplate:
              LaunchTemplateId: lt-0123456789abcdef0
              Version: '7'
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
} as const satisfies { readonly [rule: string]: WrittenPage };
