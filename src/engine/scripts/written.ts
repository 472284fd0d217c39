import { Command } from './command';
import { isDocumentFile, isInterpreter, targetsOf } from './documents';
import { isProse, saysItsArguments } from './quoted-text';

/** Where a text is that a command writes into a file or runs, and not only says to people. */
export function isWritten(command: Command): boolean {
  return !isProse(command) && (!saysItsArguments(command) || isWrittenToFile(command));
}

/** `echo "imds_version v1" >> fluent-bit.conf`, also through `tee`. */
function isWrittenToFile({ text, pipedTo, opener, parent }: Command): boolean {
  const targets = [text, pipedTo?.text ?? ''].flatMap(targetsOf);
  return targets.some(target => !isDocumentFile(target)) || ((opener === '(' || opener === '{') && parent !== undefined && isWrittenToFile(parent));
}

/** The code of a command: without what is between quotes, unless an interpreter is given it. As long as its text. */
export function codeOf({ text, bare }: Command): string {
  return isInterpreter(text) && /\s-\w{0,8}[ce]\s/.test(text) ? text : bare;
}
