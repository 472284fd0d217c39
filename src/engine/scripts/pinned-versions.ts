import { ClientCall } from './client-calls';
import { AWS_LIST, CLIENT_VERSIONS, ClientVersion, Source } from './client-versions';
import { Command } from './command';
import { Highest, highestOf, isOlder } from './versions';
import { isWritten } from './written';

const VERSION = '(\\d+(?:\\.\\d+){0,4})';
const AT_LEAST_TWO = '(\\d+(?:\\.\\d+){1,4})';
const BEFORE = '(?<![\\w.@-])';

/** How a version stands behind a name. `exact`: the group is one version; `specifiers`: it is a list of conditions. */
const SPELLINGS: { readonly [source in Source]: { readonly behind: string; readonly before?: string; readonly reads: 'exact' | 'specifiers' } } = {
  pip: { behind: '(?:\\[[\\w,-]{1,40}\\])?["\']?\\s{0,4}((?:[=<>~!]=?=?\\s{0,4}\\d[\\d.*]{0,30}[\\s,]{0,4}){1,4})', reads: 'specifiers' },
  apt: { behind: `=(?:\\d+:)?${AT_LEAST_TWO}`, reads: 'exact' },
  rpm: { behind: `-(?:\\d+:)?${AT_LEAST_TWO}`, before: '(?<![\\w.@])', reads: 'exact' },
  npm: { behind: `(?:@|["']\\s{0,4}:\\s{0,4}["'])=?${AT_LEAST_TWO}(?=["'\\s,;})\\]]|$)`, reads: 'exact' },
  gem: { behind: '["\']?(?::|,|\\s{1,4}(?:-v|--version)[\\s=]{0,4}|(?:\\s{1,4}-\\S{1,40}){0,4}\\s{1,4}(?:-v|--version)[\\s=]{0,4})\\s{0,4}["\']?((?:~>|<=?|=)?\\s{0,4}\\d[\\d.]{0,30})', reads: 'specifiers' },
  composer: { behind: `["']?(?::|["']?\\s{0,4}:\\s{0,4}["'])=?${AT_LEAST_TWO}`, reads: 'exact' },
  jar: { behind: `[-:]${AT_LEAST_TWO}`, reads: 'exact' },
  go: {
    behind: `(?:@|\\s{1,4})v${AT_LEAST_TWO}(?![\\w.+/-]{0,60}\\s{1,4}h1:)`, // a sum is of no version that is built with
    before: '(?<![\\w.])',
    reads: 'exact',
  },
  powershell: { behind: `["']?\\s[^|;\\n]{0,120}-(?:RequiredVersion|MaximumVersion)\\s{1,4}["']?${VERSION}`, reads: 'exact' },
  galaxy: { behind: `:(?:==|<=)?${AT_LEAST_TWO}`, reads: 'exact' },
  docker: { behind: `:v?${AT_LEAST_TWO}`, before: '(?<![\\w-])', reads: 'exact' },
  other: { behind: '', reads: 'exact' },
};

/** Where a requirement of pip stands: at the beginning of a line or of a string, or among the arguments of what installs it. Elsewhere it is prose. */
const REQUIREMENT = /(?:(?:^|\n)[\s-]{0,40}|["'])$/;
const INSTALLS = /(?<![\w-])(?:pip[\d.]{0,4}|pipx|easy_install[\d.-]{0,5}|install|add|requires?|conda|poetry)(?![\w-])/;

/** Installed no more, or not yet. */
const REMOVES = /(?<![\w-])(?:remove|erase|purge|uninstall|autoremove|versionlock|hold|rm|rpm -e|docker rmi)(?![\w-])/;

interface Spelling {
  readonly client: ClientVersion;
  readonly pattern: RegExp;
  readonly reads: 'exact' | 'specifiers';
  readonly source: string;
}

const SPELLED: readonly Spelling[] = CLIENT_VERSIONS.flatMap(client => Object.entries(client.packages).map(([source, name]) => {
  const { behind, before = BEFORE, reads } = SPELLINGS[source as Source];
  return { client, pattern: new RegExp(`${source === 'other' ? '' : before}${name}${behind}`, 'i'), reads, source };
}));

/** Any of the names. Most scripts have none of them, and what also looks for a number takes some milliseconds to be compiled. */
const NAMED = anyOf(CLIENT_VERSIONS.flatMap(({ packages }) => Object.values(packages)));

/** Any of the names, with a number not far behind. */
const TRACE = anyOf(SPELLED.map(({ pattern }) => pattern.source));

export function mayPinClients(script: string): boolean {
  return NAMED.test(script) && TRACE.test(script);
}

/** A group has a name in one of them only. */
function anyOf(sources: readonly string[]): RegExp {
  return new RegExp(sources.map(source => `(?:${source.replace(/\(\?<\w+>/g, '(')})`).join('|'), 'i');
}

/** The clients that a script installs in a version that asks for no token. A version that it does not say is the newest. */
export function pinnedClientsIn(script: string, commands: readonly Command[]): ClientCall[] {
  const spelled = SPELLED.filter(({ pattern, client }) => pattern.test(script) && !client.unless?.test(script));
  return spelled.length === 0 ? [] : commands.flatMap(command => spelled.flatMap(each => pinOf(command, each) ?? []));
}

function pinOf(command: Command, { client: { name, since, from, page }, pattern, reads, source }: Spelling): ClientCall | undefined {
  const match = pattern.exec(command.text);
  const highest = match && highestIn(match, reads);
  if (!highest || !isOlder(highest, since) || (from && isOlder(highest, from))) { return undefined; }
  if (source === 'pip' && !INSTALLS.test(command.text) && !REQUIREMENT.test(command.text.slice(0, match.index))) { return undefined; }
  if (REMOVES.test(command.text) || !isWritten(command)) { return undefined; }
  return {
    at: command.offsetOf(match.index),
    reason: `${name} before ${since} asks IMDS without a token${page === AWS_LIST ? ' by the list of AWS' : ''}, which gets 401 where version 2 is required`,
    fix: `version ${since} or later of ${name}`,
  };
}

function highestIn(match: RegExpExecArray, reads: Spelling['reads']): Highest | undefined {
  const minor = match.groups?.minor;
  if (minor !== undefined) { return { version: `7.${minor}`, isBelow: false }; }
  const given = match.slice(1).find(group => group !== undefined) ?? '';
  return reads === 'specifiers' && /^[=<>~!]/.test(given) ? highestOf(given) : { version: given, isBelow: false };
}
