import { Case, holdsWithoutKeys } from './case';
import { IAM, isDeny, KEYS_OF_EC2, listed, Mistake, OPERATORS, operatorsOf, RUN } from './mistake';
import { besideInstance, isOfEc2, partitionOf, reachesLaunch } from './resources';
import { Path } from './statement-view';
import { STATEMENTS } from '../policies/policy-statements';

const resourcePath = ({ statement }: Case): Path => [statement.isNotResource ? 'NotResource' : 'Resource'];

/** Resources that the action is not about, or that lack the keys. */
export const RESOURCE_MISTAKES: readonly Mistake[] = [
  {
    id: 'wide-resource',
    rule: 'policy-denies-too-much',
    isSeen: one => isLaunch(one) && one.isCarried && one.row!.of === 'state' && wideTypes(one).length > 0 && holdsWithoutKeys(one.statement),
    reason: one => `a launch is authorized for ${listed(wideTypes(one))} too, which lack ${one.key}, and ${operatorsOf(one)} is true for a missing key, `
      + 'so every launch is denied that has one of these',
    path: resourcePath,
    page: OPERATORS,
  },
  {
    id: 'resource-misses-launch',
    rule: 'policy-denies-too-little',
    isSeen: one => isLaunch(one) && one.isCarried && one.row!.of === 'state' && !meetsLaunch(one),
    reason: ({ statement }) => `a launch is authorized for instance/*, to the letter, since the instance has no id yet; ${statement.resources.join(', ')} `
      + `${statement.isNotResource ? 'leaves that out' : 'is not that'}, so the instance passes`,
    path: resourcePath,
    page: KEYS_OF_EC2,
  },
  {
    id: 'resource-of-other-type',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && !one.statement.isNotResource && one.statement.resources.length > 0 && one.statement.resources.every(isOfEc2)
      && STATEMENTS.some(({ actions, resource }) => resource === 'any' && actions.includes(one.action)) && !LEGACY.includes(one.action),
    reason: ({ action, statement }) => `${action} is not about instances, so ${statement.resources.join(', ')} never matches and nothing is denied`,
    path: resourcePath,
    page: KEYS_OF_EC2,
  },
  {
    id: 'other-partition',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.key !== undefined && one.row?.of !== 'session' && !one.statement.isNotResource && missedPartition(one) !== undefined,
    reason: one => `${one.statement.resources.join(', ')} is in another partition than ${missedPartition(one)}, so nothing is denied there; arn:*: holds in every one`,
    path: resourcePath,
    page: `${IAM}/reference-arns.html`,
  },
];

/** Their requests have resources of EC2. */
const LEGACY = ['ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:RunScheduledInstances'];

function isLaunch(one: Case): boolean {
  return isDeny(one) && one.action === RUN;
}

function wideTypes({ statement: { resources, isNotResource } }: Case): string[] {
  const [first, ...others] = resources.map(besideInstance);
  if (!isNotResource) { return [...new Set([first ?? [], ...others].flat())]; }
  return besideInstance('*').filter(each => !resources.some(resource => besideInstance(resource).includes(each)));
}

function meetsLaunch({ statement: { resources, isNotResource } }: Case): boolean {
  return resources.some(reachesLaunch) !== isNotResource;
}

/** Where the policy is to hold, as far as anything tells, and where none of its resources are. */
function missedPartition({ statement: { resources }, circumstances: { partition, partitions } }: Case): string | undefined {
  const named = resources.map(partitionOf);
  if (named.length === 0 || named.includes(undefined)) { return undefined; }
  return [...partition === undefined ? partitions : [partition]].find(each => !named.includes(each));
}
