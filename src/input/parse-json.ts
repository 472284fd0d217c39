import { duplicateFault, syntaxFault } from './json-faults';
import { Parsed, TOO_DEEP } from './parsed';
import { extentOf } from '../engine/json/extent';
import { isDeeperThan, keysIn, mostKeysIn } from '../engine/json/json-keys';
import { MAX_DEPTH } from '../engine/json/shallow';

/** Above it the depth is looked at first: the tree of millions of brackets might not fit into memory. */
const LARGE = 1024 * 1024;

export function parseJson(text: string): Parsed {
  if (text.length > LARGE && isDeeperThan(text, MAX_DEPTH)) { return TOO_DEEP; }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return isDeeperThan(text, MAX_DEPTH) ? TOO_DEEP : syntaxFault(text, error as Error);
  }
  const { keys, imports, fault } = extentOf(value);
  if (fault) { return TOO_DEEP; }
  const hasDuplicate = mostKeysIn(text) !== keys && keysIn(text) !== keys;
  return hasDuplicate ? duplicateFault(text) : { value, imports };
}
