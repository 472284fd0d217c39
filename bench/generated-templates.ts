import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yaml from 'js-yaml';

/** A template of 200 resources, of which five launch instances: about what a stack of a larger company has. */
export function generatedTemplate(seed: number): object {
  const resources: { [logicalId: string]: object } = {};
  for (let i = 0; i < 195; i++) {
    resources[`Queue${seed}x${i}`] = {
      Type: i % 2 ? 'AWS::SQS::Queue' : 'AWS::S3::Bucket',
      Properties: i % 2
        ? { QueueName: `queue-${seed}-${i}`, VisibilityTimeout: 30 + i, Tags: [{ Key: 'team', Value: `team-${i % 7}` }, { Key: 'stage', Value: 'prod' }] }
        : { BucketName: { 'Fn::Sub': `bucket-${seed}-${i}-\${AWS::AccountId}` }, VersioningConfiguration: { Status: 'Enabled' } },
      Metadata: { 'aws:cdk:path': `App/Stack${seed}/Resource${i}/Resource` },
    };
  }
  const options = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
  resources.Template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1', MetadataOptions: options } } };
  resources.Group = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { MinSize: '1', MaxSize: '2', LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } },
  };
  for (let i = 0; i < 3; i++) { resources[`Host${i}`] = { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', MetadataOptions: options } }; }
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: resources };
}

/** A template of eight resources, of which two say how instances launch: about what one service has. */
export function smallTemplate(seed: number): object {
  const MetadataOptions = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
  const name = (what: string): object => ({ 'Fn::Sub': `\${AWS::StackName}-${what}-${seed}` });
  const Tags = [{ Key: 'team', Value: `team-${seed % 7}` }, { Key: 'stage', Value: 'prod' }];
  const assume = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { ImageId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }, SubnetId: { Type: 'AWS::EC2::Subnet::Id' } },
    Resources: {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { ImageId: { Ref: 'ImageId' }, InstanceType: 't3.micro', MetadataOptions } },
      },
      Host: {
        Type: 'AWS::EC2::Instance',
        Properties: { ImageId: { Ref: 'ImageId' }, SubnetId: { Ref: 'SubnetId' }, InstanceType: 't3.micro', IamInstanceProfile: { Ref: 'Profile' }, MetadataOptions, Tags },
      },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [assume] }, Tags } },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name('logs'), RetentionInDays: 30 } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name('bucket'), VersioningConfiguration: { Status: 'Enabled' }, Tags } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name('queue'), VisibilityTimeout: 30 + seed } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: name('topic') } },
    },
  };
}

/** Writes as many as asked for; no two are the same. Without aliases, which cfn-guard does not read. */
export function writeTemplates(folder: string, count: number, format: 'json' | 'yaml', templateOf: (seed: number) => object = generatedTemplate): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, seed) => {
    const file = join(folder, `stack${seed}.${format}`);
    const template = templateOf(seed);
    writeFileSync(file, format === 'json' ? JSON.stringify(template, undefined, 1) : yaml.dump(template, { noRefs: true }));
    return file;
  });
}

/** Instances that each launch from a template of their own, in one stack. */
export function linkedPairs(count: number): object {
  const resources: { [logicalId: string]: object } = {};
  for (let i = 0; i < count; i++) {
    resources[`Template${i}`] = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } } };
    resources[`Host${i}`] = {
      Type: 'AWS::EC2::Instance',
      Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: `Template${i}` }, Version: { 'Fn::GetAtt': [`Template${i}`, 'LatestVersionNumber'] } } },
    };
  }
  return { Resources: resources };
}
