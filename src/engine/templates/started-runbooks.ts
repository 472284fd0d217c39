import { afresh, beside, Context, contextOf } from '../evaluator/context';
import { unknown, whyUnknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { isObject, JsonObject } from '../json/json';
import { Runbook, runbookOf } from '../surfaces/runbooks';
import { LaunchSurface, PARAMETER, Start, Step } from '../surfaces/surface';

/** A document of AWS that launches, as one resource starts it. */
export interface StartedRunbook {
  readonly runbook: Runbook;
  readonly start: Start;
  readonly context: Context;

  /** What a path in a parameter can lead to; the first step is its name. */
  readonly given: (path: ParameterPath, context: Context) => PossibleValue[];

  /** The parameter of the template that allows the name among others. */
  readonly allowedBy?: string;
}

/** The name of a parameter, and the way in its value. */
export type ParameterPath = readonly [string, ...Step[]];

/** Filled in when the automation runs: by Systems Manager or a maintenance window, Step Functions, EventBridge. */
const FILLED_IN = /\{\{|\{%|^\$\.|<[\w.-]+>/;

/** Every document of AWS that launches instances and that a resource starts. */
export function runbooksStartedBy({ starts = [] }: Pick<LaunchSurface, 'starts'>, properties: unknown, context: Context = contextOf()): StartedRunbook[] {
  return starts.flatMap(start => holdersOf(start, properties, afresh(context)).flatMap(holder => runbooksIn(start, holder)));
}

/** Every value at a path, in the words of what holds it. */
type Read = (value: unknown, path: readonly Step[], context: Context) => PossibleValue[];

/** The same of what is read from elsewhere, such as a state of a state machine. */
export function runbooksIn(start: Start, held: PossibleValue, read: Read = possibleValuesAt): StartedRunbook[] {
  if (held.kind !== 'value' || !isObject(held.value)) { return []; }
  const holder = readable(held.value, start);
  const given: StartedRunbook['given'] = (path, context) => parameterValues(start, holder, read, path, context);
  return read(holder, start.document, held.context).flatMap(each => startedByName(each, { start, given, context: beside(held.context, each) }));
}

/** What is started where a value is the name of the document. */
export function startedByName(name: PossibleValue, by: Pick<StartedRunbook, 'start' | 'given' | 'context'>): StartedRunbook[] {
  const runbook = runbookNamed(name);
  return runbook ? [{ ...by, runbook, allowedBy: name.kind === 'value' ? name.allowedBy : undefined }] : [];
}

function holdersOf({ at, isMap }: Start, properties: unknown, context: Context): PossibleValue[] {
  const found = possibleValuesAt(properties, at, context);
  if (!isMap) { return found; }
  return found.flatMap(each => each.kind === 'value' && isObject(each.value)
    ? Object.values(each.value).flatMap(value => possibleValuesOf(value, each.context))
    : []);
}

/** A text with parts that are not known yet, such as the Region in an ARN, may tell enough. */
function runbookNamed(each: PossibleValue): Runbook | undefined {
  const text = each.kind === 'unknown' ? each.symbol : each.kind === 'value' ? each.value : undefined;
  // eslint-disable-next-line no-control-regex
  return typeof text === 'string' ? runbookOf(text.replace(/\u0000[^\u0000]*\u0000/g, '?')) : undefined;
}

function parameterValues(start: Start, holder: JsonObject, read: Read, path: ParameterPath, context: Context): PossibleValue[] {
  const { parameters = [], openWith = [] } = start;
  const given = parameters.map(way => (where: Context) => valuesAt(holder, way, path, read, where).map(filledIn));
  const open = openWith.map(way => (where: Context) => read(holder, named(way, path[0]), where).map(asOpen));
  return firstOf([...given, ...open], context);
}

/** What is not given in one way may be in the next. */
function firstOf([way, ...others]: readonly ((context: Context) => PossibleValue[])[], context: Context): PossibleValue[] {
  if (!way) { return [{ kind: 'absent', context }]; }
  return way(context).flatMap(each => each.kind === 'absent' ? firstOf(others, beside(context, each)) : [each]);
}

/** Automation takes lists of values, of which these parameters take one; authors write the value itself too. */
function valuesAt(holder: JsonObject, way: readonly Step[], [name, ...rest]: ParameterPath, read: Read, context: Context): PossibleValue[] {
  const there = named(way, name);
  return read(holder, there, context).flatMap(each => {
    if (each.kind === 'absent' || (rest.length === 0 && !isList(each))) { return [each]; }
    if (!isList(each)) { return read(holder, [...there, ...rest], beside(context, each)); }
    return each.value.length === 0 ? [{ kind: 'absent', context: each.context }] : each.value.flatMap(one => read(one, rest, each.context));
  });
}

function isList(each: PossibleValue): each is PossibleValue & { kind: 'value'; value: unknown[] } {
  return each.kind === 'value' && Array.isArray(each.value);
}

function asOpen(each: PossibleValue): PossibleValue {
  return each.kind === 'absent' ? each : unknown(each.context, whyUnknown(each) ?? 'it is known only when the automation is started');
}

function filledIn(each: PossibleValue): PossibleValue {
  return each.kind === 'value' && typeof each.value === 'string' && FILLED_IN.test(each.value)
    ? unknown(each.context, `${each.value} is filled in when the automation runs`)
    : each;
}

function named(path: readonly Step[], name: string): Step[] {
  return path.map(step => {
    if (typeof step === 'string') { return step.replace(PARAMETER, name); }
    if (!('where' in step)) { return step; }
    return { ...step, where: Object.fromEntries(Object.entries(step.where).map(([key, wanted]) => [key, wanted === PARAMETER ? name : wanted])) };
  });
}

/** The same, with quotes around placeholders that stand without. */
function readable(holder: JsonObject, { placeholdersIn }: Start): JsonObject {
  if (!placeholdersIn) { return holder; }
  const [outer, inner] = placeholdersIn;
  const within = holder[outer];
  return isObject(within) ? { ...holder, [outer]: { ...within, [inner]: quoted(within[inner]) } } : holder;
}

function quoted(value: unknown): unknown {
  if (typeof value === 'string') { return value.replace(/([[:,]\s*)<([\w.-]+)>(?=\s*[\],}])/g, '$1"<$2>"'); }
  if (Array.isArray(value)) { return value.map(quoted); }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, quoted(each)])) : value;
}
