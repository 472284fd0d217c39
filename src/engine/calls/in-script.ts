import { ApiCall } from './api-call';
import { cmdletCalls, methodCalls, PlacedCall } from './code';
import { commandLineCall, WrittenCall } from './command-line';
import { wordsOf } from './command-words';
import { withCommandsOnOneLine } from '../scripts/cloud-config';
import { Command } from '../scripts/command';
import { countWhile } from '../scripts/positions';
import { isProse, saysItsArguments } from '../scripts/quoted-text';
import { commandsOf } from '../scripts/tokenizer';
import { toolUsesOf } from '../scripts/tools';
import { Variables } from '../scripts/variables';
import { quotesAround } from '../scripts/words';
import { mayCall } from '../surfaces/apis';

/** The AWS CLI where its name ends, also as the first word of a list: `["aws", "ec2"]`. */
const CLI = /(?<![\w.$-])aws(?:\.exe)?(?=["',\s])/g;

/** Whatever calls AWS names one of these: the AWS CLI, an SDK, a client, a cmdlet. */
const TRACE = /aws|boto|ec2|-ls/i;

/** The calls in a script of any language. Most scripts have none, which their text tells at a glance. */
export function callsInScript(given: string, path: string, file?: string): ApiCall[] {
  if (!TRACE.test(given) || !mayCall(given)) { return []; }
  const text = withCommandsOnOneLine(given);
  const all = commandsOf(text);
  const variables = new Variables(all, toolUsesOf(text, all));
  const followers = new Map(all.map(command => [command.previous, command]));
  const commands = all.filter(command => mayCall(command.text) && !isProse(command) && !saysItsArguments(command));
  const found = commands.flatMap(command => [
    ...cliCalls(command, followers, variables), ...cmdletCalls(command.text, variables), ...methodCalls(command, text, variables),
  ].filter(({ api, runbooks = [] }) => !api.starts || runbooks.length > 0).map(call => ({ ...call, at: command.offsetOf(call.index) })));
  const line = lineNumbers(text);
  return found.map(({ at, api, options, isUncontrolled, runbooks, asWritten }) => ({
    path, api, options, isUncontrolled, runbooks, asWritten, line: line(at), where: file ?? 'the script',
  }));
}

function cliCalls(command: Command, followers: ReadonlyMap<Command | undefined, Command>, variables: Variables): PlacedCall[] {
  const text = wholeText(command, followers);
  const places = [...text.matchAll(CLI)].map(({ 0: name, index }) => ({ index, end: index + name.length }));
  const quotes = quotesAround(text, places.map(({ index }) => index));
  return places.flatMap(({ index, end }, i): PlacedCall[] => {
    const call: WrittenCall | undefined = commandLineCall(wordsOf(text.slice(end), quotes[i]), variables);
    return call ? [{ ...call, index }] : [];
  });
}

/** Folded YAML goes on where a shell would begin anew: a line of options is none of its own. */
function wholeText(command: Command, followers: ReadonlyMap<Command | undefined, Command>): string {
  let text = command.text;
  for (let next = followers.get(command), i = 0; next && /^\s*--\w/.test(next.text) && i < 20; next = followers.get(next), i++) { text += ` ${next.text}`; }
  return text;
}

/** The line that each place of a text is on, from 1. */
function lineNumbers(text: string): (at: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { ends.push(at); }
  return at => countWhile(ends.length, i => ends[i] < at) + 1;
}
