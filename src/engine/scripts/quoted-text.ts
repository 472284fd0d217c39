import { Command } from './command';
import { handsOn, tells } from './documents';

/** `literal`: nothing in it is run. `expanded`: what it substitutes is run. */
type Prose = 'literal' | 'expanded' | undefined;

/** Whether a command is only part of what a script says to people: the string of an `echo` or of an error. */
export function isProse(command: Command): boolean {
  return proseOf(command) !== undefined;
}

/** Whether a command says its arguments to people, and does not write them into another script. */
export function saysItsArguments(command: Command): boolean {
  return tells(command.text) && !isHandedOn(command);
}

/** What a group says goes where the group goes: `(crontab -l; echo …) | crontab -`. */
function isHandedOn({ text, pipedTo, opener, parent }: Command): boolean {
  return handsOn(text, pipedTo?.text) || (opener === '(' && parent !== undefined && isHandedOn(parent));
}

function proseOf({ opener, parent }: Command): Prose {
  if (!parent) { return undefined; }
  const around = proseOf(parent);
  if (opener === '"' || opener === "'") {
    if (around) { return around; }
    if (!saysItsArguments(parent)) { return undefined; }
    return opener === "'" ? 'literal' : 'expanded';
  }
  const isSubstitution = opener === '$(' || opener === '`';
  return isSubstitution && around === 'expanded' ? undefined : around;
}
