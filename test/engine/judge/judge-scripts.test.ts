/* eslint-disable @stylistic/max-len */ // a case a line
import { judge } from '../../../src/engine/judge/judge';
import { instance, REQUIRED, template } from '../../support/verdicts';

const OPTIONS = { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } };
const WEAK_CALL = '#!/bin/bash\ncurl http://169.254.169.254/latest/meta-data/instance-id\n';
const STRONG_CALL = [
  '#!/bin/bash',
  'TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
  'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id',
].join('\n');
const calls = (resource: object): object[] => judge({ Resources: { R: resource } }).findings.map(({ rule, verdict, path, reason }) => ({ rule, verdict, path, reason }));

test('user data that calls IMDS without a token is told, with the line', () => {
  expect(calls(instance({ ...OPTIONS, UserData: { 'Fn::Base64': WEAK_CALL } }))).toEqual([
    { rule: 'imdsv1-call', verdict: 'advice', path: 'Properties.UserData', reason: expect.stringMatching(/^line 2: /) },
  ]);
  expect(calls(instance({ ...OPTIONS, UserData: { 'Fn::Base64': STRONG_CALL } }))).toEqual([]);
});

test('cfn-init that calls IMDS without a token is told, where it stands', () => {
  const init = (command: string): object => ({ Metadata: { 'AWS::CloudFormation::Init': { config: { commands: { one: { command } } } } } });

  expect(calls(instance(OPTIONS, init(WEAK_CALL)))).toEqual([
    expect.objectContaining({ rule: 'imdsv1-call', path: 'Metadata.AWS::CloudFormation::Init.config.commands.one.command' }),
  ]);
  expect(calls(instance(OPTIONS, init(STRONG_CALL)))).toEqual([]);
});

test('a launch template has user data of its own', () => {
  const data = { MetadataOptions: OPTIONS.MetadataOptions, UserData: WEAK_CALL };

  expect(calls({ ...template({}), Properties: { LaunchTemplateData: data } })).toEqual([expect.objectContaining({ path: 'Properties.LaunchTemplateData.UserData' })]);
});

test('a type without user data is not searched', () => {
  expect(calls({ Type: 'AWS::AppStream::Fleet', Properties: { DisableIMDSV1: true, UserData: WEAK_CALL } })).toEqual([]);
});
