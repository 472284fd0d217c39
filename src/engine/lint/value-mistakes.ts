import { Case, casesOf, holdsForOtherChanges } from './case';
import { CHANGES, DEFAULTS, KEYS, LAUNCHES, MODIFY } from './keys';
import { EXAMPLES, IAM, isDeny, isOfKind, listed, Mistake, OPERATORS, operatorsOf, RUN } from './mistake';
import { holds } from './operators';
import { isAboutImds, StatementView } from './statement-view';
import { nearest } from '../text/did-you-mean';

/** Conditions that deny other values than they should. */
export const VALUE_MISTAKES: readonly Mistake[] = [
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
    isSeen: one => isWeighed(one) && one.onWeak === true && one.onStrong === true && !(isNullOnly(one) && !isAnyLaunch(one)),
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
    id: 'silence-alone',
    rule: 'policy-denies-too-little',
    isSeen: one => isWeighed(one) && LAUNCHES.includes(one.action) && one.onWeak === false && isNullOnly(one) && !isWeakDeniedBeside(one),
    reason: one => `it denies what does not say, and ${one.row!.weak} passes, since ${one.key} is there then`,
    page: OPERATORS,
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
];

/** Of a key that has a weak and a strong value, for an action that carries it. A state beside what is asked for only narrows that down. */
function isWeighed(one: Case): boolean {
  return isDeny(one) && one.isCarried && one.onWeak !== undefined && !(one.row!.of === 'state' && one.action !== RUN);
}

/** It asks whether the key is there, not what it is. */
function isNullOnly({ conditions }: Case): boolean {
  return conditions.every(isOfKind('null'));
}

/** Whatever it is about IMDS that the launch says. */
function isAnyLaunch({ action, statement, key }: Case): boolean {
  return LAUNCHES.includes(action) && statement.conditions.every(each => each.key.toLowerCase() === key!.toLowerCase() || !isAboutImds(each.key));
}

/** Whether the document denies the weak value for the same action in another statement. */
function isWeakDeniedBeside({ action, key, circumstances }: Case): boolean {
  const isSo = (other: StatementView): boolean => casesOf(other, circumstances).some(each => (
    isDeny(each) && each.action === action && each.key?.toLowerCase() === key!.toLowerCase() && each.onWeak === true
  ));
  return circumstances.isBeside?.(isSo) === true;
}

function hasKey({ statement }: Case, wanted: string): boolean {
  return statement.conditions.some(({ key }) => key.toLowerCase() === wanted.toLowerCase());
}

function settingOf(wanted: string): string | undefined {
  return KEYS.find(({ key }) => key.toLowerCase() === wanted.toLowerCase())?.setting;
}

function wrongValue({ conditions, row }: Case): string {
  const wrong = conditions.filter(each => !isOfKind('null')(each)).flatMap(({ values }) => values).find(each => !/[*?]/.test(each) && row!.values?.includes(each) === false);
  if (wrong === undefined) { return ''; }
  const meant = nearest(wrong.toLowerCase(), row!.values!);
  return `: ${JSON.stringify(wrong)} is none of its values, which are ${listed(row!.values!)}${meant ? `; did you mean ${meant}?` : ''}`;
}
