import { subjectOf } from './conditions';
import { beside, Context } from './context';
import { distinct } from './distinct';
import { unknown } from './outcomes';
import { assumed } from './path-condition';
import { Evaluate, PossibleValue } from './possible-value';
import { macroIn } from './transforms';
import { isObject, isScalar, JsonObject, leavesOf } from '../json/json';
import { isShallow } from '../json/shallow';

/** A part of the mappings, and where it was looked for. */
interface Entry {
  readonly entry: unknown;
  readonly context: Context;

  /** Whether the way to it was not known, so that every key was taken, and one that is not there. */
  readonly isGuess?: boolean;
}

/**
 * All keys where a key is not known: one of them it must be, or none of them where a default holds then.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
export function findInMap(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  if (!Array.isArray(argument) || argument.length < 3) { return undefined; }
  const [map, top, second, options] = argument as unknown[];
  const fallback = isObject(options) && Object.hasOwn(options, 'DefaultValue') ? [options.DefaultValue] : undefined;
  if (options !== undefined && !fallback) { return undefined; }
  const entries = [map, top, second].reduce<Entry[]>(
    (found, key) => found.flatMap(each => below(each, key, evaluate)), [{ entry: context.scope.mappings, context }],
  );
  // Without a default, of all keys those are meant that have what is looked for: with the others the stack cannot be deployed.
  const meant = fallback ? entries : entries.filter(each => each.entry !== undefined || !each.isGuess);
  const found = (meant.length > 0 ? meant : entries.slice(0, 1)).flatMap(each => {
    if (each.entry !== undefined) { return evaluate(each.entry, each.context); }
    return fallback ? evaluate(fallback[0], each.context) : [unknown(each.context, 'Fn::FindInMap has no such key')];
  });
  return distinct(found, context);
}

function below(from: Entry, key: unknown, evaluate: Evaluate): Entry[] {
  const { entry, context, isGuess } = from;
  const leaves = leavesOf(entry); // of a mapping that stands twice in a file
  if (leaves.length > 1) { return leaves.flatMap(each => below({ ...from, entry: each }, key, evaluate)); }
  if (!isObject(entry)) { return [{ ...from, entry: undefined }]; }
  if (macroIn(entry) !== undefined) { return [from]; } // it may bring any key, and is not known when it is evaluated
  return evaluate(key, context).flatMap((each): Entry[] => {
    const where = beside(context, each);
    if (each.kind === 'value') { return [{ entry: own(entry, each.value), context: where, isGuess }]; }
    return [...possibleIn(entry, key, where), undefined].map(value => ({ entry: value, context: where, isGuess: true }));
  });
}

/** What stands at the keys that nothing excludes. */
function possibleIn(entry: JsonObject, key: unknown, context: Context): unknown[] {
  if (!context.when || !isShallow(key)) { return Object.values(entry); }
  const subject = subjectOf(key, context);
  return Object.entries(entry).flatMap(([name, value]) => assumed(context.when, subject, name) === false ? [] : [value]);
}

function own(values: JsonObject, key: unknown): unknown {
  return isScalar(key) && Object.hasOwn(values, String(key)) ? values[String(key)] : undefined;
}
