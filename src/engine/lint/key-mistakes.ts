import { Case, holdsWithoutKeys, isListed } from './case';
import { KEYS, meantBy, MODIFY } from './keys';
import { EXAMPLES, IAM, isDeny, isOfKind, KEYS_OF_EC2, Mistake, OPERATORS, operatorsOf, RUN } from './mistake';
import { operatorOf, OPERATOR_NAMES } from './operators';
import { isOfInstances } from './resources';
import { Path } from './statement-view';
import { nearest } from '../text/did-you-mean';

const actionPath = ({ statement }: Case): Path => [statement.isNotAction ? 'NotAction' : 'Action'];

/** Keys, operators and actions that do not exist, or do not go together. */
export const KEY_MISTAKES: readonly Mistake[] = [
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
    id: 'misspelt-key-in-allow',
    rule: 'policy-denies-too-little',
    isSeen: one => one.statement.effect === 'Allow' && one.key !== undefined && !one.row && one.onMissing,
    reason: one => `${noSuchKey(one)}; it is always missing, and ${operatorsOf(one)} is true for a missing key, so everything is allowed`,
    page: KEYS_OF_EC2,
  },
];

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

function hasChange({ statement }: Case): boolean {
  return statement.conditions.some(({ key }) => KEYS.some(each => each.of === 'change' && each.key.toLowerCase() === key.toLowerCase()));
}

/** Whether another action of the statement does carry the key. */
function hasOtherAction({ statement, row }: Case): boolean {
  return row!.actions.some(each => isListed(statement, each));
}

function noSuchKey({ key, action }: Case): string {
  const meant = meantBy(key!, action === '*' ? undefined : action);
  return `there is no condition key ${key}${meant ? `, did you mean ${meant.key}?` : ''}`;
}
