import { aws_autoscaling as autoscaling, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface FleetStackProps {
  readonly vpc: ec2.IVpc;
}

/** Auto Scaling groups in the forms that CDK offers, and a fleet without one. */
export class FleetStack extends Stack {
  public constructor(scope: Construct, id: string, { vpc }: FleetStackProps) {
    super(scope, id);

    const machineImage = ec2.MachineImage.latestAmazonLinux2023();
    const instanceType = new ec2.InstanceType('m5.large');

    new autoscaling.AutoScalingGroup(this, 'Web', { vpc, machineImage, instanceType });

    const launchTemplate = new ec2.LaunchTemplate(this, 'WorkerTemplate', {
      machineImage,
      instanceType,
      securityGroup: new ec2.SecurityGroup(this, 'WorkerSecurityGroup', { vpc }),
      httpPutResponseHopLimit: 3, // the author's choice stays
      httpTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL,
    });
    new autoscaling.AutoScalingGroup(this, 'Workers', { vpc, launchTemplate });

    new autoscaling.AutoScalingGroup(this, 'Batches', {
      vpc,
      mixedInstancesPolicy: {
        launchTemplate: new ec2.LaunchTemplate(this, 'X86Template', { machineImage, instanceType }),
        launchTemplateOverrides: [
          { instanceType },
          {
            instanceType: new ec2.InstanceType('m6g.large'),
            launchTemplate: new ec2.LaunchTemplate(this, 'ArmTemplate', {
              machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
            }),
          },
        ],
      },
    });

    const renderTemplate = new ec2.LaunchTemplate(this, 'RenderTemplate', { machineImage, instanceType });
    new ec2.CfnEC2Fleet(this, 'RenderFarm', {
      type: 'maintain',
      targetCapacitySpecification: { totalTargetCapacity: 4 },
      launchTemplateConfigs: [{
        launchTemplateSpecification: { launchTemplateId: renderTemplate.launchTemplateId, version: '$Latest' },
      }],
    });
  }
}
