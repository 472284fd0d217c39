import { aws_autoscaling as autoscaling, aws_codepipeline as codepipeline, aws_ec2 as ec2, NestedStack, pipelines, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A pipeline that deploys the shop. */
export class DeliveryStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    const source = pipelines.CodePipelineSource.connection('example/shop', 'main', {
      connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/00000000-0000-0000-0000-000000000000',
    });
    const pipeline = new pipelines.CodePipeline(this, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      synth: new pipelines.ShellStep('Synth', { input: source, commands: ['npm ci', 'npx cdk synth'] }),
    });
    pipeline.addStage(new ShopStage(this, 'Production'));
  }
}

/** The shop, once per environment. */
export class ShopStage extends Stage {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new ShopStack(this, 'Shop');
  }
}

class ShopStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }] });
    new autoscaling.AutoScalingGroup(this, 'Web', {
      vpc,
      associatePublicIpAddress: true,
      instanceType: new ec2.InstanceType('t3.small'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    });
    new SearchStack(this, 'Search', vpc);
  }
}

class SearchStack extends NestedStack {
  public constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);

    new ec2.Instance(this, 'Index', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      instanceType: new ec2.InstanceType('r6i.large'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    });
  }
}
