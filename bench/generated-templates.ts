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

/** Writes as many as asked for; no two are the same. Without aliases, which cfn-guard does not read. */
export function writeTemplates(folder: string, count: number, format: 'json' | 'yaml'): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, seed) => {
    const file = join(folder, `stack${seed}.${format}`);
    const template = generatedTemplate(seed);
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
