import { CLIENTS, Client } from './clients';
import { Command } from './command';
import { codeOf, isWritten } from './written';

/** A place in a script where a client asks IMDS without a token. */
export interface ClientCall {
  readonly at: number;
  readonly reason: string;
  readonly fix: string;
}

/** What every pattern of the table has in it. Most scripts have none of it, and need not be read. */
const TRACE = /boto|MetadataService|imds|ec2_?metadata/i;

export function mayHaveClients(script: string): boolean {
  return TRACE.test(script) && CLIENTS.some(client => mayBe(client, script));
}

/** The clients of the table that a script starts or sets up. Nothing that a script only says to people is one. */
export function clientCallsIn(script: string, commands: readonly Command[]): ClientCall[] {
  const clients = CLIENTS.filter(client => mayBe(client, script));
  return clients.length === 0 ? [] : commands.flatMap(command => clients.flatMap(client => callOf(command, client) ?? []));
}

function mayBe({ pattern, onlyWith, unless }: Client, script: string): boolean {
  return (!onlyWith || onlyWith.test(script)) && !unless?.test(script) && new RegExp(pattern.source, `${pattern.flags}m`).test(script);
}

function callOf(command: Command, { where, pattern, reason, fix }: Client): ClientCall | undefined {
  const match = pattern.exec(where === 'code' ? codeOf(command) : command.text);
  if (!match || (where === 'setting' && !isWritten(command))) { return undefined; }
  return { at: command.offsetOf(match.index + match[0].search(/\S/)), reason, fix };
}
