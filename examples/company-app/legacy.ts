import { join } from 'path';
import { aws_autoscaling as autoscaling, aws_ec2 as ec2, CfnCondition, CfnParameter, cloudformation_include as include, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface LegacyStackProps {
  readonly vpc: ec2.IVpc;
}

/** What was here before anybody knew CDK: a downloaded template, a launch configuration, a hand-written condition. */
export class LegacyStack extends Stack {
  public constructor(scope: Construct, id: string, { vpc }: LegacyStackProps) {
    super(scope, id);

    new include.CfnInclude(this, 'ScheduledWebsite', {
      templateFile: join(__dirname, 'templates', 'scheduled-website.yaml'),
    });

    const configuration = new autoscaling.CfnLaunchConfiguration(this, 'ReportsConfig', {
      imageId: 'ami-0123456789abcdef0',
      instanceType: 't3.large',
    });
    new autoscaling.CfnAutoScalingGroup(this, 'Reports', {
      launchConfigurationName: configuration.ref,
      minSize: '1',
      maxSize: '2',
      vpcZoneIdentifier: vpc.privateSubnets.map(subnet => subnet.subnetId),
    });

    const stage = new CfnParameter(this, 'StageName', { default: 'development' });
    const isProduction = new CfnCondition(this, 'IsProduction', { expression: Fn.conditionEquals(stage.valueAsString, 'production') });
    new ec2.CfnInstance(this, 'Licences', {
      imageId: 'ami-0123456789abcdef0',
      instanceType: 't3.small',
      subnetId: vpc.privateSubnets[0].subnetId,
      metadataOptions: Fn.conditionIf(isProduction.logicalId, { HttpTokens: 'required' }, { HttpTokens: 'optional' }),
    });
  }
}
