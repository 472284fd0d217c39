import { CLIENTS, Client } from './clients';
import { Command } from './command';
import { codeOf, isWritten } from './written';

/** A place in a script where a client asks IMDS without a token. */
export interface ClientCall {
  readonly at: number;
  readonly reason: string;
  readonly fix: string;
}

const TRACE = new RegExp(CLIENTS.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'im');

/** Most scripts have none of them, and need not be read. */
export function mayHaveClients(script: string): boolean {
  return TRACE.test(script);
}

/** The clients of the table that a script starts or sets up. Nothing that a script only says to people is one. */
export function clientCallsIn(script: string, commands: readonly Command[]): ClientCall[] {
  const clients = CLIENTS.filter(({ onlyWith, unless, pattern }) => (
    (!onlyWith || onlyWith.test(script)) && !unless?.test(script) && new RegExp(pattern.source, `${pattern.flags}m`).test(script)));
  return clients.length === 0 ? [] : commands.flatMap(command => clients.flatMap(client => callOf(command, client) ?? []));
}

function callOf(command: Command, { where, pattern, reason, fix }: Client): ClientCall | undefined {
  const match = pattern.exec(where === 'code' ? codeOf(command) : command.text);
  if (!match || (where === 'setting' && !isWritten(command))) { return undefined; }
  return { at: command.offsetOf(match.index + match[0].search(/\S/)), reason, fix };
}
