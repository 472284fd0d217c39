import { Case, holdsForOtherChanges, holdsWithoutKeys, isListed } from './case';
import { CHANGES, DEFAULTS, KEYS, LAUNCHES, meantBy, MODIFY } from './keys';
import { holds, operatorOf, OPERATOR_NAMES } from './operators';
import { besideInstance, isOfEc2, isOfInstances, partitionOf, reachesLaunch } from './resources';
import { Path } from './statement-view';
import { RuleId } from '../findings/rules';
import { STATEMENTS } from '../policies/policy-statements';
import { nearest } from '../text/did-you-mean';

/** What a statement gets wrong. The corrected one is the row of the policies for the same action and setting. */
export interface Mistake {
  readonly id: string;
  readonly rule: Extract<RuleId, 'policy-denies-too-little' | 'policy-denies-too-much' | 'policy-holds-in-part'>;

  /** Whether this is it; the first of the table that is counts. */
  readonly isSeen: (one: Case) => boolean;
  readonly reason: (one: Case) => string;

  /** Below the statement; the condition on the key where it is not given. */
  readonly path?: (one: Case) => Path;
  readonly page: string;
}

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const OPERATORS = `${IAM}/reference_policies_elements_condition_operators.html`;
const KEYS_OF_EC2 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html';
const EXAMPLES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata';
const RUN = 'ec2:RunInstances';

const resourcePath = ({ statement }: Case): Path => [statement.isNotResource ? 'NotResource' : 'Resource'];
const actionPath = ({ statement }: Case): Path => [statement.isNotAction ? 'NotAction' : 'Action'];

/** In the order of what explains most. All are about a Deny, but the last. */
export const MISTAKES: readonly Mistake[] = [
  {
    id: 'unknown-operator',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.conditions.some(({ operator }) => !operatorOf(operator)),
    reason: ({ conditions }) => {
      const { operator } = conditions.find(each => !operatorOf(each.operator))!;
      const similar = nearest(operator, OPERATOR_NAMES);
      return `IAM has no operator ${operator}${similar ? `, did you mean ${similar}?` : ''}`;
    },
    page: OPERATORS,
  },
  {
    id: 'not-action-leaves-out-launch',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.statement.isNotAction && one.key !== undefined && one.row?.of !== 'session' && isListed(one.statement, RUN),
    reason: one => `NotAction leaves ec2:RunInstances out, so every launch passes${holdsWithoutKeys(one.statement) ? ', and everything else is denied, since it lacks the key' : ''}`,
    path: actionPath,
    page: `${IAM}/reference_policies_elements_notaction.html`,
  },
  {
    id: 'not-action-denies-the-rest',
    rule: 'policy-denies-too-much',
    isSeen: one => isDeny(one) && one.statement.isNotAction && one.key !== undefined && one.row?.of !== 'session' && holdsWithoutKeys(one.statement),
    reason: ({ key }) => `NotAction stands for every other action of every service, which lack ${key}, so all of them are denied`,
    path: actionPath,
    page: `${IAM}/reference_policies_elements_notaction.html`,
  },
  {
    id: 'misspelt-key-denies-all',
    rule: 'policy-denies-too-much',
    isSeen: one => isMisspeltDeny(one) && one.onMissing,
    reason: one => `${noSuchKey(one)}; it is always missing, and ${operatorsOf(one)} is true for a missing key, so everything is denied`,
    page: KEYS_OF_EC2,
  },
  {
    id: 'misspelt-key-denies-nothing',
    rule: 'policy-denies-too-little',
    isSeen: isMisspeltDeny,
    reason: one => `${noSuchKey(one)}; it is always missing, so nothing is denied`,
    page: KEYS_OF_EC2,
  },
  {
    id: 'resource-control-policy',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.circumstances.type === 'RESOURCE_CONTROL_POLICY' && one.action.startsWith('ec2:'),
    reason: () => 'resource control policies do not reach actions of EC2; a service control policy does',
    path: actionPath,
    page: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  },
  {
    id: 'number-as-text',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.row?.kind === 'number' && one.conditions.some(isOfKind('text')),
    reason: one => `${one.key} is a number, which ${operatorsOf(one)} compares letter by letter: 1 is not 1.0, and no number is above another`,
    page: OPERATORS,
  },
  {
    id: 'text-as-number',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.row?.kind === 'text' && one.conditions.some(isOfKind('number')) && one.row.strong !== '2',
    reason: one => `${one.key} is text, which ${operatorsOf(one)} cannot compare, so the statement does not decide by it`,
    page: OPERATORS,
  },
  {
    id: 'state-for-request',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.action === MODIFY && one.row?.of === 'state' && !hasChange(one),
    reason: ({ key }) => `for ec2:ModifyInstanceMetadataOptions ${key} is what the instance has, not what is asked for: `
      + 'an instance that requires IMDSv2 can be weakened, and one that does not cannot be mended; what is asked for is in ec2:Attribute/…',
    page: EXAMPLES,
  },
  {
    id: 'key-of-other-action-denies-all',
    rule: 'policy-denies-too-much',
    isSeen: one => isForeign(one) && one.onMissing && isReached(one) && holdsWithoutKeys(one.statement),
    reason: one => `${one.action} has no ${one.key}, and ${operatorsOf(one)} is true for a missing key, so every call is denied`,
    page: KEYS_OF_EC2,
  },
  {
    id: 'key-of-other-action-denies-nothing',
    rule: 'policy-denies-too-little',
    isSeen: one => isForeign(one) && one.isNamed && !(one.onMissing && isReached(one)) && !hasOtherAction(one),
    reason: one => `${one.action} has no ${one.key}, so nothing is denied`,
    page: KEYS_OF_EC2,
  },
  {
    id: 'key-of-other-action-is-idle',
    rule: 'policy-holds-in-part',
    isSeen: one => isForeign(one) && one.isNamed && !(one.onMissing && isReached(one)),
    reason: one => `${one.action} has no ${one.key}, so for that action nothing is denied`,
    page: KEYS_OF_EC2,
  },
  {
    id: 'inverted',
    rule: 'policy-denies-too-little',
    isSeen: one => isWeighed(one) && one.onWeak === false && one.onStrong === true,
    reason: ({ row, key }) => `it denies ${key} ${row!.strong} and lets ${row!.weak} pass: the wrong way round`,
    page: EXAMPLES,
  },
  {
    id: 'value-denies-all',
    rule: 'policy-denies-too-much',
    isSeen: one => isWeighed(one) && one.onWeak === true && one.onStrong === true && !isNullOnly(one),
    reason: one => `${one.row!.strong} is denied as well as ${one.row!.weak}${wrongValue(one)}`,
    page: EXAMPLES,
  },
  {
    id: 'value-denies-nothing',
    rule: 'policy-denies-too-little',
    isSeen: one => isWeighed(one) && one.onWeak === false && !isNullOnly(one),
    reason: one => `${one.row!.weak} is not denied${wrongValue(one)}`,
    page: EXAMPLES,
  },
  {
    id: 'role-delivery-without-services',
    rule: 'policy-denies-too-much',
    isSeen: one => isDeny(one) && one.row?.of === 'session' && one.onMissing,
    reason: one => `the key is there for the role of an instance alone, and ${operatorsOf(one)} is true for a missing key, `
      + 'so users, functions, tasks and the services of AWS are denied as well',
    page: `${IAM}/reference_policies_condition-keys.html#condition-keys-ec2-role-delivery`,
  },
  {
    id: 'all-must-hold',
    rule: 'policy-denies-too-little',
    isSeen: one => isDeny(one) && one.row?.setting === 'tokens' && one.isCarried && one.statement.conditions.some(({ key }) => settingOf(key) === 'hop limit'),
    reason: () => 'all conditions of a statement must hold, so IMDSv1 passes with a hop limit that is allowed; each needs a statement of its own',
    page: `${IAM}/reference_policies_condition-logic-multiple-context-keys-or-values.html`,
  },
  {
    id: 'unrelated-changes',
    rule: 'policy-denies-too-much',
    isSeen: one => isDeny(one) && one.isCarried && CHANGES.includes(one.action) && one.row!.of !== 'state' && one.onMissing && holdsForOtherChanges(one.statement),
    reason: one => `${operatorsOf(one)} is true for a missing key, so a change that leaves ${one.key} alone is denied; `
      + `${one.action === MODIFY || one.action === DEFAULTS ? 'Null "false" beside it lets that pass' : 'name the value that is denied'}`,
    page: OPERATORS,
  },
  {
    id: 'endpoint-again',
    rule: 'policy-holds-in-part',
    isSeen: one => isDeny(one) && one.action === MODIFY && one.key?.toLowerCase() === 'ec2:attribute/httpendpoint' && one.conditions.every(each => holds(each, 'enabled'))
      && hasKey(one, 'ec2:Attribute/HttpTokens') && !hasKey(one, 'ec2:MetadataHttpEndpoint'),
    reason: () => 'tools send the endpoint again for instances that have it enabled, and these changes are denied; ec2:MetadataHttpEndpoint tells what the instance has',
    page: EXAMPLES,
  },
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
  {
    id: 'silence-passes',
    rule: 'policy-holds-in-part',
    isSeen: one => isDeny(one) && LAUNCHES.includes(one.action) && one.isCarried && one.row!.setting === 'tokens' && !one.onMissing,
    reason: one => `${operatorsOf(one)} is false for a missing key, so a request that does not say passes; StringNotEquals denies it as well`,
    page: OPERATORS,
  },
  {
    id: 'allowed-if-silent',
    rule: 'policy-holds-in-part',
    isSeen: one => one.statement.effect === 'Allow' && LAUNCHES.includes(one.action) && one.isCarried && one.row!.setting === 'tokens' && one.onMissing
      && one.onStrong === true && one.onWeak === false,
    reason: one => `${operatorsOf(one)} is true for a missing key, so a request that does not say is allowed; a Deny with StringNotEquals stops it`,
    page: OPERATORS,
  },
  {
    id: 'misspelt-key-in-allow',
    rule: 'policy-denies-too-little',
    isSeen: one => one.statement.effect === 'Allow' && one.key !== undefined && !one.row && one.onMissing,
    reason: one => `${noSuchKey(one)}; it is always missing, and ${operatorsOf(one)} is true for a missing key, so everything is allowed`,
    page: KEYS_OF_EC2,
  },
];

/** Their requests have resources of EC2. */
const LEGACY = ['ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:RunScheduledInstances'];

function isDeny({ statement }: Case): boolean {
  return statement.effect === 'Deny';
}

function isMisspeltDeny(one: Case): boolean {
  return isDeny(one) && one.key !== undefined && !one.row;
}

function isForeign(one: Case): boolean {
  return isDeny(one) && one.row !== undefined && one.row.setting !== 'template version' && !one.isCarried;
}

/** Of the actions without a key, creating a fleet alone is authorized for instances. */
function isReached({ statement: { resources, isNotResource }, action }: Case): boolean {
  return isNotResource || action === 'ec2:CreateFleet' || !resources.every(isOfInstances);
}

function isLaunch(one: Case): boolean {
  return isDeny(one) && one.action === RUN;
}

/** Of a key that has a weak and a strong value, for an action that carries it. A state beside what is asked for only narrows that down. */
function isWeighed(one: Case): boolean {
  return isDeny(one) && one.isCarried && one.onWeak !== undefined && !(one.row!.of === 'state' && one.action !== RUN);
}

/** It asks whether the key is there, not what it is. */
function isNullOnly({ conditions }: Case): boolean {
  return conditions.every(isOfKind('null'));
}

function isOfKind(kind: string): (condition: { readonly operator: string }) => boolean {
  return ({ operator }) => operatorOf(operator)?.kind === kind;
}

function hasChange({ statement }: Case): boolean {
  return statement.conditions.some(({ key }) => KEYS.some(each => each.of === 'change' && each.key.toLowerCase() === key.toLowerCase()));
}

function hasKey({ statement }: Case, wanted: string): boolean {
  return statement.conditions.some(({ key }) => key.toLowerCase() === wanted.toLowerCase());
}

/** Whether another action of the statement does carry the key. */
function hasOtherAction({ statement, row }: Case): boolean {
  return row!.actions.some(each => isListed(statement, each));
}

function settingOf(wanted: string): string | undefined {
  return KEYS.find(({ key }) => key.toLowerCase() === wanted.toLowerCase())?.setting;
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

/** The operators on the key, as they are written. */
function operatorsOf({ conditions }: Case): string {
  return [...new Set(conditions.map(({ operator }) => operator))].join(' with ');
}

function noSuchKey({ key, action }: Case): string {
  const meant = meantBy(key!, action === '*' ? undefined : action);
  return `there is no condition key ${key}${meant ? `, did you mean ${meant.key}?` : ''}`;
}

function wrongValue({ conditions, row }: Case): string {
  const wrong = conditions.filter(each => !isOfKind('null')(each)).flatMap(({ values }) => values).find(each => !/[*?]/.test(each) && row!.values?.includes(each) === false);
  if (wrong === undefined) { return ''; }
  const meant = nearest(wrong.toLowerCase(), row!.values!);
  return `: ${JSON.stringify(wrong)} is none of its values, which are ${listed(row!.values!)}${meant ? `; did you mean ${meant}?` : ''}`;
}

function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
