import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A VPC that leaves through a NAT instance, and the hosts that people log in to. */
export class NetworkStack extends Stack {
  public readonly vpc: ec2.Vpc;

  public constructor(scope: Construct, id: string) {
    super(scope, id);

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      natGatewayProvider: ec2.NatProvider.instanceV2({ instanceType: new ec2.InstanceType('t3.nano') }),
    });

    new ec2.BastionHostLinux(this, 'Bastion', { vpc: this.vpc });

    const host = {
      vpc: this.vpc,
      instanceType: new ec2.InstanceType('t3.small'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    };
    new ec2.Instance(this, 'Wiki', host);
    // CDK's own switch: it attaches a launch template, so touching that template would replace the instance
    new ec2.Instance(this, 'Mail', { ...host, requireImdsv2: true });
  }
}
