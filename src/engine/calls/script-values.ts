import { contextOf } from '../evaluator/context';
import { unknown, value } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { OUTPUT } from '../scripts/command';
import { Variables } from '../scripts/variables';

export const CONTEXT = contextOf();
const AT_RUN_TIME = unknown(CONTEXT, 'the script finds it out when it runs');

export const ABSENT: PossibleValue = { kind: 'absent', context: CONTEXT };

/** A variable alone, or with a value for where it is not set. */
const VARIABLE = /^["']?\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))["']?$/;

/** A variable, a list or arguments from elsewhere in the place of several words. */
const MORE_WORDS = /^(?:\$\{?\w+(?:\[[@*]\])?\}?|\$[@*]|@\w+)$/;

/** What a word of a script is: itself, what its variable is given, or what only the run tells. */
export function valueOf(word: string, variables: Variables): PossibleValue {
  const variable = VARIABLE.exec(word);
  if (variable) {
    const literal = variables.literalOf(variable[1] ?? variable[3]) ?? variable[2];
    return literal === undefined ? AT_RUN_TIME : value(CONTEXT, literal);
  }
  return /[$`%]/.test(word) || word.includes(OUTPUT) ? AT_RUN_TIME : value(CONTEXT, word);
}

/** What a text says about a key, be it JSON, the shorthand of the AWS CLI, the arguments of a call or those of a cmdlet. */
export function valueIn(text: string, key: string, variables: Variables, separators = '\\s*[:=]\\s*'): PossibleValue {
  const given = valueOf(text.trim(), variables);
  if (given.kind === 'unknown' && !text.toLowerCase().includes(key.replace(/s$/, '').toLowerCase())) { return /^["']?[$\u0001]/.test(text.trim()) ? given : ABSENT; }
  const written = given.kind === 'value' ? String(given.value) : text;
  if (/^(?:fileb?|https?):\/\//.test(written)) { return unknown(CONTEXT, `it is in ${written.slice(0, 80)}`); }
  const found = new RegExp(`(?<!\\w)(?:\\w+_)?${key}?\\\\?["']?(?:${separators})\\\\?["']?(?:\\(?\\[[\\w.]+\\]::)?(\\$\\{[^}]*\\}|[$\\w.-]+|${OUTPUT})`, 'i').exec(written);
  return found ? valueOf(found[1], variables) : ABSENT;
}

/** A value that is not said, where the arguments that a script takes from elsewhere may say it. */
export function orElsewhere(each: PossibleValue, mayBeElsewhere: boolean): PossibleValue {
  return each.kind === 'absent' && mayBeElsewhere ? AT_RUN_TIME : each;
}

export function standsForMore(word: string): boolean {
  return MORE_WORDS.test(word);
}
