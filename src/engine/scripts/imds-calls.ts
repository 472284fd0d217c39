import { mayConcernImds } from './address';
import { ansibleTasksIn } from './ansible-tasks';
import { ClientCall, clientCallsIn, mayHaveClients } from './client-calls';
import { withCommandsOnOneLine } from './cloud-config';
import { Command } from './command';
import { fallbacksAmong } from './fallback';
import { TOKEN_HEADER } from './header-names';
import { mayPinClients, pinnedClientsIn } from './pinned-versions';
import { proxiedImdsIn } from './proxied-imds';
import { isProse } from './quoted-text';
import { Request, requestOf, Script } from './requests';
import { commandsOf } from './tokenizer';
import { badLifetimes, Proxies } from './tokens';
import { toolUsesOf } from './tools';
import { Variables } from './variables';
import { Wrappers } from './wrappers';

/** Something in a script that fails where IMDSv2 is required. */
export interface ImdsCall {
  readonly kind: 'imdsv1-call' | 'token-lifetime' | 'token-through-proxy';

  /** From 1, within the text. */
  readonly line: number;

  /** The line, without its margins and cut to 120 characters. */
  readonly text: string;
  readonly reason: string;

  /** The version 2 form for the tool. */
  readonly fix: string;
}

type Finding = Pick<ImdsCall, 'kind' | 'reason' | 'fix'> & { readonly at: number };

/**
 * What in a script fails where IMDSv2 is required: requests without a token, and requests for a token that IMDS refuses.
 *
 * Where the script does not tell whether a token is sent, nothing is reported: a false alarm in a correct script costs more than a miss.
 */
export function imdsCallsIn(given: string): ImdsCall[] {
  const text = withCommandsOnOneLine(given);
  const [isAddressed, hasClients, pinsClients] = [mayConcernImds(text), mayHaveClients(text), mayPinClients(text)];
  if (!isAddressed && !hasClients && !pinsClients) { return []; }
  const all = commandsOf(text);
  const commands = all.filter(command => !isProse(command));
  return inLines(text, [
    ...isAddressed ? requestFindings(text, all, commands) : [],
    ...hasClients ? clientCallsIn(text, commands).map(withoutToken) : [],
    ...pinsClients ? pinnedClientsIn(text, commands).map(withoutToken) : [],
  ]);
}

function withoutToken(client: ClientCall): Finding {
  return { kind: 'imdsv1-call', ...client };
}

function requestFindings(text: string, all: readonly Command[], commands: readonly Command[]): Finding[] {
  const uses = toolUsesOf(text, all);
  const script: Script = { text, uses, variables: new Variables(all, uses), hasHeader: TOKEN_HEADER.test(text) };
  const wrappers = new Wrappers(commands, script);
  const requests = commands.flatMap(command => requestOf(command, script) ?? wrappers.requestOf(command) ?? []);
  const fallbacks = fallbacksAmong(requests, commands, script);
  const proxies = new Proxies(commands, script);
  return [
    ...requests.filter(request => request.kind === 'version 1' && !wrappers.sendToken(request.tool) && !fallbacks.has(request)).map(call),
    ...requests.filter(({ kind }) => kind === 'token').flatMap(request => proxied(request, proxies.of(request))),
    ...badLifetimes(commands, script.variables).map(lifetime),
    ...ansibleTasksIn(commands, script).map(withoutToken),
    ...proxiedImdsIn(commands, script),
  ];
}

function call({ tool, at }: Request): Finding {
  return { kind: 'imdsv1-call', at, reason: `${tool.name} asks IMDS without a token, which gets 401 where version 2 is required`, fix: tool.fix };
}

function lifetime({ at, seconds }: { readonly at: number; readonly seconds: string }): Finding {
  return {
    kind: 'token-lifetime',
    at,
    reason: `a token that lives ${seconds} seconds is asked for, which IMDS refuses: it gives 1 to 21600`,
    fix: 'X-aws-ec2-metadata-token-ttl-seconds: 21600, or less',
  };
}

function proxied({ at }: Request, proxy: string | undefined): Finding[] {
  if (proxy === undefined) { return []; }
  return [{
    kind: 'token-through-proxy',
    at,
    reason: `the request for a token goes through a proxy (${proxy}), whose X-Forwarded-For header IMDS refuses`,
    fix: 'export no_proxy=169.254.169.254,[fd00:ec2::254] beside the proxy, or curl --noproxy 169.254.169.254',
  }];
}

/** In the order of the lines, one of a kind for each. */
function inLines(text: string, findings: readonly Finding[]): ImdsCall[] {
  const calls = new Map<string, ImdsCall>();
  let [line, start, end] = [0, 0, -1];
  for (const { kind, at, reason, fix } of [...findings].sort((left, right) => left.at - right.at)) {
    while (line === 0 || end < at) {
      start = end + 1;
      end = text.indexOf('\n', start);
      if (end < 0) { end = text.length; }
      line++;
      if (end === text.length) { break; }
    }
    const key = `${kind} ${line}`;
    if (!calls.has(key)) {
      calls.set(key, { kind, line, text: told(text.slice(start, end)).slice(0, 120), reason: told(reason), fix });
    }
  }
  return [...calls.values()];
}

/** Without margins, and without the password that an address may hold: reports are kept and sent around. */
function told(text: string): string {
  return text.slice(0, 4000).trim().replace(/:\/\/[^\s/@]{1,200}@/g, '://***@');
}
