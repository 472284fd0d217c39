import { subjectOf } from './conditions';
import { beside, Context } from './context';
import { valueFromTemplate } from './cross-template';
import { MANY } from './distinct';
import { around } from './instance';
import { asPlaced } from './nested-template-text';
import { symbolIn, unknown, value } from './outcomes';
import { assumingParent, mayBeParent } from './parent-resource';
import { assumed, assumedValue } from './path-condition';
import { Evaluate, PossibleValue } from './possible-value';
import { Located } from './scope';
import { isObject, isSame, isScalar, JsonObject, leavesOf } from '../json/json';

/** What a parameter can be: what a condition holds it to, what a parent stack gives, or else what is allowed, the default. */
export function possibleParameterValues(name: string, context: Context, evaluate: Evaluate): PossibleValue[] {
  return leavesOf(context.scope.parameters[name]).flatMap(declared => valuesAsDeclared(declared, name, context, evaluate));
}

/** A parameter that stands twice in a file has several declarations. */
function valuesAsDeclared(declared: unknown, name: string, context: Context, evaluate: Evaluate): PossibleValue[] {
  const { scope } = context;
  const { Type: type, Default: preset, AllowedValues: allowed } = isObject(declared) ? declared : {} as JsonObject;
  const known = (each: unknown, allowedBy?: string): PossibleValue => value(context, listed(each, type), { source: name, allowedBy });
  const subject = subjectOf({ Ref: name }, context);
  const compared = assumedValue(context.when, subject);
  if (compared !== undefined) { return [known(compared)]; }

  const decides = unknown(context, `the parameter ${name} decides when the stack is deployed`, { source: name, symbol: symbolIn(context, name) });
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter')) { return [decides]; } // the default is a name, not the value
  const isPossible = (each: unknown): boolean => isScalar(each) && assumed(context.when, subject, String(each)) !== false;
  const read = (each: PossibleValue): PossibleValue => each.kind === 'value' ? { ...each, value: listed(each.value, type) } : each;
  const isOwn = (each: PossibleValue): boolean => each.kind !== 'value' || !isScalar(each.value) || isPossible(each.value);
  const byDefault = isPossible(preset) ? [known(preset)] : placedDefault(preset, allowed, context, evaluate).map(read).filter(isOwn);
  const { values, isOpen } = scope.otherTemplates?.argumentsFor(scope, name, mayBeParent(context)) ?? { values: [], isOpen: true };
  const given = handed(values, context, evaluate)
    .flatMap(each => each.kind === 'absent' ? byDefault.map(one => ({ ...one, context: beside(one.context, each) })) : [read(each)])
    .filter(isOwn);
  if (given.length > 0 && !isOpen) { return given; }

  // Of a list, every element must be one of those that are allowed: it may have any number of them.
  const options = Array.isArray(allowed) && allowed.every(isScalar) && !isList(type) ? allowed.filter(isPossible) : [];
  if (options.length === 0 || options.length > MANY) { return [...given, ...byDefault, decides]; }
  const isAlone = options.every(each => isSame(each, options[0]));
  return [...given, ...options.map(each => known(each, isAlone || isSame(each, preset) ? undefined : name))];
}

/** More resources than this that hold the same template are not told apart. */
const MANY_HOLDERS = 20;

/** What those that hold a template hand to it. Which of them does is the same for all parameters. */
function handed(values: readonly Located[], context: Context, evaluate: Evaluate): PossibleValue[] {
  const follow = (some: readonly Located[], where: Context): PossibleValue[] => (
    valueFromTemplate(some, where, evaluate, () => around(context.instance))
  );
  const all = follow(values, context);
  if (all.length < 2 || values.length > MANY_HOLDERS || values.every(({ parent }) => parent === values[0].parent)) { return all; }
  return values.flatMap(each => follow([each], assumingParent(each.parent, context)));
}

/** A default is a literal, unless the template around this one puts it into its text. If it is not known, what is allowed says more. */
function placedDefault(preset: unknown, allowed: unknown, context: Context, evaluate: Evaluate): PossibleValue[] {
  if (asPlaced(preset, context.scope.source?.placeholders) === preset) { return []; }
  const found = evaluate(preset, context);
  return allowed === undefined || found.every(({ kind }) => kind === 'value') ? found : [];
}

function listed(each: unknown, type: unknown): unknown {
  return isList(type) && typeof each === 'string' ? each.split(',').map(item => item.trim()) : each;
}

function isList(type: unknown): boolean {
  return typeof type === 'string' && (type === 'CommaDelimitedList' || type.startsWith('List<'));
}
