import { casesOf, Circumstances } from './case';
import { Concrete, concretesOf, Undecided } from './concrete';
import { fixFor } from './corrected';
import { ec2PolicyMistakes, isEc2Policy } from './ec2-policy-mistakes';
import { MISTAKES } from './mistakes';
import { PolicyFinding } from './policy-finding';
import { partitionOf } from './resources';
import { isAboutImds, statementView, StatementView } from './statement-view';
import { Context } from '../evaluator/context';
import { canMeet } from '../evaluator/path-condition';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { RULES } from '../findings/rules';
import { isObject, stringsIn } from '../json/json';
import { JSON_TEXT } from '../surfaces/surface';
import { mayBeAboutImds } from '../templates/policy-holders';

const ABOUT_METADATA_ACTION = /^(?:ec2:|\*)?.*InstanceMetadata(?:Options|Defaults)/i;
const POLICIES = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html';

/** Holds a document, which may hold functions or be JSON as text, against the tables of mistakes. */
export function lintDocument(document: unknown, context: Context, circumstances: Pick<Circumstances, 'partition' | 'type' | 'date'>): PolicyFinding[] {
  if (!mayBeAboutImds(document)) { return []; }
  const partitions = [...new Set(stringsIn(document).flatMap(each => partitionOf(each) ?? []))];
  const isText = typeof document === 'string' || !isObject(document) || Object.hasOwn(document, 'Fn::Sub') || Object.hasOwn(document, 'Fn::Join');
  const found = possibleValuesAt(document, [JSON_TEXT], context).flatMap(each => inDocument(each, { ...circumstances, partitions }));
  return distinct(isText ? found.map(each => ({ ...each, path: [] })) : found);
}

function inDocument(document: PossibleValue, circumstances: Circumstances): PolicyFinding[] {
  if (document.kind !== 'value' || !isObject(document.value)) { return []; }
  const { value, context } = document;
  if (isEc2Policy(value)) { return concretesOf(value, context).flatMap(each => asAllowed(each, ec2PolicyMistakes(each.value))); }
  const held = statementsIn(value.Statement, context).map(readings);
  const read = held.flat();
  const isMeant = read.some(({ view, mayBe }) => view && (isAbout(view) || (mayBe && hidesKeys(view))));
  return read.flatMap(({ concrete, path, mayBe, view }) => {
    if (concrete.value instanceof Undecided) { return mayBe ? [undecidedAt(path, concrete.value.reason)] : []; }
    if (!view || !isMeant) { return []; }
    const isBeside = (isSo: (other: StatementView) => boolean): boolean => held.some(each => isAlways(each, path, concrete.context, isSo));
    return asAllowed(concrete, inStatement(view, mayBe, { ...circumstances, isBeside })).map(each => ({ ...each, path: [...path, ...each.path] }));
  });
}

interface Held {
  readonly expression: unknown;
  readonly path: readonly string[];
  readonly context: Context;
}

/** One statement may stand without a list. */
function statementsIn(list: unknown, context: Context): Held[] {
  return possibleValuesOf(list, context).flatMap((each): Held[] => {
    if (each.kind !== 'value') { return []; }
    return Array.isArray(each.value) ? each.value.map((expression, i) => ({ expression, path: ['Statement', String(i)], context: each.context }))
      : [{ expression: each.value, path: ['Statement'], context: each.context }];
  });
}

/** What a statement can turn out to be. */
interface Reading {
  readonly concrete: Concrete;
  readonly path: readonly string[];
  readonly mayBe: boolean;
  readonly view?: StatementView;
}

/** Whether a statement is another one, and so in all that it can turn out to be where the first is there. */
function isAlways(readingsOfOther: readonly Reading[], path: readonly string[], { when }: Context, isSo: (other: StatementView) => boolean): boolean {
  const [first] = readingsOfOther;
  if (first === undefined || first.path.join() === path.join()) { return false; }
  const there = readingsOfOther.filter(({ concrete }) => canMeet(concrete.context.when, when));
  return there.length > 0 && there.every(({ view }) => view !== undefined && isSo(view));
}

/** Every statement that one can turn out to be. */
function readings({ expression, path, context }: Held): Reading[] {
  const mayBe = mayBeAboutImds(expression);
  return concretesOf(expression, context).map(concrete => ({ concrete, path, mayBe, view: statementView(concrete.value) }));
}

function isAbout({ conditions, actions }: StatementView): boolean {
  return conditions.some(({ key }) => isAboutImds(key)) || actions.some(each => ABOUT_METADATA_ACTION.test(each));
}

/** Whether it cannot be seen which keys its conditions are on. */
function hidesKeys({ undecided }: StatementView): boolean {
  return undecided.some(({ path }) => path[0] === 'Condition' && path.length < 3);
}

function inStatement(statement: StatementView, mayBe: boolean, circumstances: Circumstances): PolicyFinding[] {
  const hasKey = statement.conditions.some(({ key }) => isAboutImds(key));
  const decides = statement.undecided.filter(({ path }) => hasKey || (path[0] === 'Condition' && (mayBe || isAbout(statement))));
  if (decides.length > 0) { return decides.map(({ path, reason }) => undecidedAt(path, reason)); }
  const told = new Set<string>();
  return casesOf(statement, circumstances).flatMap((one): PolicyFinding[] => {
    const mistake = MISTAKES.find(each => each.isSeen(one));
    if (!mistake) { return []; }
    const { id, rule, page } = mistake;
    const [condition] = one.conditions;
    const path = mistake.path?.(one) ?? (condition ? ['Condition', condition.operator, condition.key] : ['Action']);
    const same = JSON.stringify([id, path, one.isNamed ? one.action : '']); // a pattern stands for many actions, which are wrong in the same way
    if (told.has(same)) { return []; }
    told.add(same);
    const fix = fixFor(one, each => mistake.isLeftOut?.(each, one) === true);
    return [{ rule, verdict: RULES[rule].verdict, path, values: valuesAt(statement, path), reason: mistake.reason(one), fix, page }];
  });
}

function undecidedAt(path: readonly string[], reason: string): PolicyFinding {
  const fix = 'write the value itself, so that the policy can be held against what is known';
  return { rule: 'undecided-value', verdict: 'cannot tell', path, values: [], reason, fix, page: POLICIES };
}

function valuesAt(statement: StatementView, [element, operator, key]: readonly string[]): readonly string[] {
  if (element === 'Condition') { return statement.conditions.find(each => each.operator === operator && each.key === key)?.values ?? []; }
  return /Action$/.test(element) ? statement.actions : statement.resources;
}

/** What a parameter allows is possible, but nobody chose it yet. */
function asAllowed({ allowedBy }: Concrete, findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  if (allowedBy === undefined) { return findings; }
  return findings.map(each => ({ ...each, rule: 'undecided-value', verdict: 'cannot tell', reason: `the parameter ${allowedBy} allows a value with which this is so: ${each.reason}` }));
}

/** One mistake about several actions of a pattern is told once. */
function distinct(findings: readonly PolicyFinding[]): PolicyFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, path, reason }) => {
    const id = JSON.stringify([rule, path, reason]);
    return !seen.has(id) && seen.add(id);
  });
}

