import {
  aws_autoscaling as autoscaling, aws_batch as batch, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface ContainerStackProps {
  readonly vpc: ec2.IVpc;
}

/** Hosts of containers: ECS, EKS and Batch. */
export class ContainerStack extends Stack {
  public constructor(scope: Construct, id: string, { vpc }: ContainerStackProps) {
    super(scope, id);
    this.ecsCluster(vpc);
    this.eksNodeGroups(vpc);
    this.batchEnvironments(vpc);
  }

  private ecsCluster(vpc: ec2.IVpc) {
    const cluster = new ecs.Cluster(this, 'Ecs', { vpc });
    const autoScalingGroup = new autoscaling.AutoScalingGroup(this, 'EcsHosts', {
      vpc,
      instanceType: new ec2.InstanceType('m5.large'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
    });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(this, 'EcsCapacity', { autoScalingGroup }));
  }

  private eksNodeGroups(vpc: ec2.IVpc) {
    const subnetIds = vpc.privateSubnets.map(subnet => subnet.subnetId);
    const cluster = new eks.CfnCluster(this, 'Eks', {
      resourcesVpcConfig: { subnetIds },
      roleArn: new iam.Role(this, 'EksRole', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') }).roleArn,
    });
    const group = {
      clusterName: cluster.ref,
      nodeRole: new iam.Role(this, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).roleArn,
      subnets: subnetIds,
    };
    const template = new ec2.CfnLaunchTemplate(this, 'NodeTemplate', {
      launchTemplateData: { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: 80, encrypted: true } }] },
    });
    new eks.CfnNodegroup(this, 'NodesWithTemplate', {
      ...group,
      launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
    });
    new eks.CfnNodegroup(this, 'NodesWithoutTemplate', group);
  }

  private batchEnvironments(vpc: ec2.IVpc) {
    new batch.ManagedEc2EcsComputeEnvironment(this, 'BatchWithTemplate', {
      vpc,
      launchTemplate: new ec2.LaunchTemplate(this, 'BatchTemplate', { instanceType: new ec2.InstanceType('c5.large') }),
    });
    new batch.ManagedEc2EcsComputeEnvironment(this, 'BatchWithoutTemplate', { vpc });
  }
}
