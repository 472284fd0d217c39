import { isOtherCloud } from './address';
import { Command } from './command';
import { TOKEN_HEADER } from './header-names';
import { isAddress, Script } from './requests';
import { REVERSE_PROXIES, ReverseProxy } from './reverse-proxies';
import { isWritten } from './written';

/** A reverse proxy in front of IMDS. */
export interface ProxiedImds {
  readonly kind: 'imdsv1-call' | 'token-through-proxy';
  readonly at: number;
  readonly reason: string;
  readonly fix: string;
}

/** Blocks in blocks. */
const DEPTH = 50;

/**
 * The reverse proxies that a script sets up in front of IMDS. One that hands on everything lets its clients ask for a token, unless it adds
 * X-Forwarded-For to what they ask; one that hands on a path lets them not, and has to send a token itself.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function proxiedImdsIn(commands: readonly Command[], script: Script): ProxiedImds[] {
  const kinds = REVERSE_PROXIES.filter(({ target }) => new RegExp(target.source, `${target.flags}m`).test(script.text.replace(/[{;]/g, '\n')));
  if (kinds.length === 0 || isOtherCloud(script.text)) { return []; }
  const lists = grouped(commands);
  return commands.flatMap(command => kinds.flatMap(kind => findingsOf(command, kind, lists, script)));
}

function findingsOf(
  command: Command, { name, target, forwards, forwardsNot, byDefault, fix }: ReverseProxy, lists: Lists, script: Script,
): ProxiedImds[] {
  const match = target.exec(command.text);
  const address = match?.slice(1).find(each => each !== undefined);
  if (!match || address === undefined || !isAddress(address, command.start, script.variables) || !isWritten(command)) { return []; }
  const around = settingsAround(command, lists);
  const told = around.find(each => forwards.test(each.text) || forwardsNot.test(each.text));
  const addsHeader = told ? !forwardsNot.test(told.text) : byDefault;
  const handsOnAll = mayBeForToken(address);
  const sendsToken = around.some(({ text }) => TOKEN_HEADER.test(text));
  if (sendsToken && !handsOnAll) { return []; }
  const at = command.offsetOf(match[0].search(/\S/));
  return [
    ...handsOnAll ? [] : [{
      kind: 'imdsv1-call' as const,
      at,
      reason: `${name} asks IMDS without a token, and lets no client ask for one, which gets 401 where version 2 is required`,
      fix: `what ${name} hands out, fetched with a token and served as a file; or the whole of IMDS, for clients that ask for a token`,
    }],
    ...addsHeader ? [{
      kind: 'token-through-proxy' as const,
      at: told?.offsetOf(told.text.search(/\S/)) ?? at,
      reason: `${name} sends the header X-Forwarded-For, with which IMDS gives no token`,
      fix,
    }] : [],
  ];
}

/** Whether a client may get to `/latest/api/token` through it. */
function mayBeForToken(address: string): boolean {
  const path = address.replace(/^\w+:\/\//, '').replace(/^[^/]*/, '').replace(/["']$/, '');
  return /^\/?(?:(?:latest|\d{4}-\d\d-\d\d)\/?(?:api\/?(?:token)?)?)?$/.test(path);
}

type Lists = ReadonlyMap<Command, readonly Command[]>;

/** The commands of each block, by its first. */
function grouped(commands: readonly Command[]): Lists {
  const lists = new Map<Command, Command[]>();
  for (const command of commands) {
    const list = lists.get(command.first);
    if (list) { list.push(command); } else { lists.set(command.first, [command]); }
  }
  return lists;
}

/** What stands in the block of a command, and below it, then in the blocks around it. */
function settingsAround(command: Command, lists: Lists): Command[] {
  const found = [...command.children];
  let block: Command | undefined = command;
  for (let i = 0; i < DEPTH && block; i++) {
    found.push(...lists.get(block.first) ?? []);
    block = block.parent;
  }
  return found;
}
