import type { Alternative } from './alternatives';
import { assumed, assumedValue } from './assumptions';
import { subjectOf } from './conditions';
import { Context } from './context';
import { MANY } from './distinct';
import { fromElsewhere } from './elsewhere';
import type { Evaluate } from './functions';
import { asPlaced } from './held-text';
import { isObject, isSame, isScalar, JsonObject } from './json';
import { symbolOf, unknown, value } from './outcomes';

/** What a parameter can be: what a condition holds it to, what a parent stack gives, or else what is allowed, the default. */
export function parameterAlternatives(name: string, context: Context, evaluate: Evaluate): Alternative[] {
  const { scope } = context;
  const declared = scope.parameters[name];
  const { Type: type, Default: preset, AllowedValues: allowed } = isObject(declared) ? declared : {} as JsonObject;
  const known = (each: unknown, allowedBy?: string): Alternative => value(context, listed(each, type), { source: name, allowedBy });
  const subject = subjectOf({ Ref: name }, context);
  const compared = assumedValue(context.when, subject);
  if (compared !== undefined) { return [known(compared)]; }

  const decides = unknown(context, `the parameter ${name} decides when the stack is deployed`, { source: name, symbol: symbolOf(`${scope.id} ${name}`) });
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter')) { return [decides]; } // the default is a name, not the value
  const isPossible = (each: unknown): boolean => isScalar(each) && assumed(context.when, subject, String(each)) !== false;
  const read = (each: Alternative): Alternative => each.kind === 'value' ? { ...each, value: listed(each.value, type) } : each;
  const isOwn = (each: Alternative): boolean => each.kind !== 'value' || !isScalar(each.value) || isPossible(each.value);
  const byDefault = isPossible(preset) ? [known(preset)] : placedDefault(preset, allowed, context, evaluate).map(read).filter(isOwn);
  const { values, isOpen } = scope.neighbours?.given(scope, name) ?? { values: [], isOpen: true };
  const given = fromElsewhere(values, context, evaluate)
    .flatMap(each => each.kind === 'absent' ? byDefault : [read(each)])
    .filter(isOwn);
  if (given.length > 0 && !isOpen) { return given; }

  // Of a list, every element must be one of those that are allowed: it may have any number of them.
  const options = Array.isArray(allowed) && allowed.every(isScalar) && !isList(type) ? allowed.filter(isPossible) : [];
  if (options.length === 0 || options.length > MANY) { return [...given, ...byDefault, decides]; }
  const isAlone = options.every(each => isSame(each, options[0]));
  return [...given, ...options.map(each => known(each, isAlone || isSame(each, preset) ? undefined : name))];
}

/** A default is a literal, unless the template around this one puts it into its text. If it is not known, what is allowed says more. */
function placedDefault(preset: unknown, allowed: unknown, context: Context, evaluate: Evaluate): Alternative[] {
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
