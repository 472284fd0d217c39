import { guardHookProperties, HOOKS, HookSettings, readRules } from './guard-hook';
import { RULES_WRITER } from './rules-writer';
import { hash } from '../text/hash';

/** CloudFormation takes no larger template in a request. */
const LARGEST_TEMPLATE = 51_200;

const ref = (logicalId: string): object => ({ Ref: logicalId });
const arnOf = (logicalId: string): object => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const OBJECTS = { 'Fn::Sub': '${Bucket.Arn}/*.guard' };

/**
 * A template that stands alone, for a StackSet: a bucket with the rules, and the hook.
 *
 * Each account and Region has a copy of the rules: no bucket that others can read, and none that all of them need.
 *
 * @throws where the template would be too large for CloudFormation
 */
export function guardHookTemplate(settings: HookSettings, rules: string): object {
  const template = templateWith(settings, compact(rules));
  const size = new TextEncoder().encode(JSON.stringify(template)).length;
  if (size > LARGEST_TEMPLATE) {
    throw new Error(`the template of the hook has ${size} bytes and CloudFormation takes ${LARGEST_TEMPLATE}; exclude fewer stacks by name`);
  }
  return template;
}

/** Guard needs neither comments nor indentation. */
function compact(rules: string): string {
  return rules.split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#')).join('\n');
}

function templateWith(settings: HookSettings, rules: string): object {
  const key = `imdsv2-${hash(rules)}.guard`; // changed rules are another object, which the hook learns of
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'CloudFormation hook that requires IMDSv2, by cdk-imds-guard',
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        },
      },
      WriterRole: role('lambda.amazonaws.com', [
        { Effect: 'Allow', Action: ['s3:PutObject', 's3:DeleteObject'], Resource: OBJECTS },
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/*' },
        },
      ]),
      Writer: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 60, Role: arnOf('WriterRole'), Code: { ZipFile: RULES_WRITER } },
      },
      Rules: {
        Type: 'Custom::ImdsGuardRules',
        Properties: { ServiceToken: arnOf('Writer'), Bucket: ref('Bucket'), Key: key, Rules: rules },
      },
      HookRole: role(HOOKS, readRules(arnOf('Bucket'), OBJECTS)),
      Hook: {
        Type: 'AWS::CloudFormation::GuardHook',
        DependsOn: 'Rules',
        Properties: guardHookProperties(settings, arnOf('HookRole'), { 'Fn::Sub': `s3://\${Bucket}/${key}` }),
      },
    },
  };
}

function role(service: string, statements: readonly object[]): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'Least', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    },
  };
}
