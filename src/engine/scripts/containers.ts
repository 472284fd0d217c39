import { withCommandsOnOneLine } from './cloud-config';
import { Command } from './command';
import { ComposeFiles } from './compose-files';
import { beforeImage } from './container-options';
import { innerScripts } from './inner-scripts';
import { isProse, saysItsArguments } from './quoted-text';
import { Shorthands } from './shorthands';
import { commandsOf } from './tokenizer';
import { quotesAround, wordsBehind } from './words';

const CLIENT = 'docker|podman|nerdctl';

/** A client where its name ends, also one that a variable names, or the first two words of a list: `["docker", "run"]`. */
const CALL = new RegExp(`(?:(?<![\\w.$-])(?:${CLIENT})(-compose)?(?:\\.exe)?|\\$\\{?\\w{0,40}(?:${CLIENT})\\w{0,40}\\}?)(?=["',\\s])`, 'gi');

/** `service docker start` starts no container. */
const DAEMON = /(?:\bservice\s{1,4}|\/init\.d\/)$/;

/** Words that say what the next word is about. */
const GROUPS = new Set(['compose', 'container', 'kube', 'play', 'pod', 'service', 'stack', 'swarm']);

/**
 * What starts containers on this host, or lets a swarm start them.
 *
 * @see https://docs.docker.com/reference/cli/docker/
 * @see https://docs.podman.io/en/latest/Commands.html
 */
const STARTS = /^(?:(?:(?:container|compose|pod) )?(?:run|start|restart)|compose up|stack deploy|service create|swarm (?:init|join)|kube play|play kube)$/;

/** Those that take an image, or a service, and behind it arguments of the container's own. */
const TAKES_IMAGE = /(?:^| )run$|^service create$/;

/** The host's own network, or none at all. */
const NEEDS_NO_HOP = /\s--net(?:work)?[=\s]+(?:host|none)(?!\S)/;

/** Scripts in scripts in scripts. */
const DEPTH = 3;

/** Whether a script starts containers that are one hop further from IMDS than the host. Containers on its own network are not. */
export function startsContainersIn(given: string, depth = 0): boolean {
  if (!/docker|podman|nerdctl|base64|b64|!!binary/i.test(given)) { return false; }
  const script = withCommandsOnOneLine(given);
  const commands = commandsOf(script);
  return startsAmong(commands, script) || (depth < DEPTH && innerScripts(script, commands).some(each => startsContainersIn(each, depth + 1)));
}

function startsAmong(commands: readonly Command[], script: string): boolean {
  if (!new RegExp(CLIENT, 'i').test(script)) { return false; }
  const composed = new ComposeFiles(script);
  const shorthands = new Shorthands(commands, CALL);
  return commands.some(command => callsIn(command, shorthands)
    .some(({ verbs, options, files }) => STARTS.test(verbs) && !NEEDS_NO_HOP.test(options) && !(verbs.startsWith('compose') && composed.areOnHost(files))));
}

interface Call {
  /** `compose up`, without options. */
  readonly verbs: string;

  /** What stands behind the verbs, without quotes, as far as it is for the client. */
  readonly options: string;

  /** The files that compose is given. */
  readonly files: readonly string[];
}

function callsIn(command: Command, shorthands: Shorthands): Call[] {
  if (shorthands.isTold(command)) { return []; }
  const text = shorthands.written(command);
  const calls = [...text.matchAll(CALL)].filter(({ index }) => !DAEMON.test(text.slice(Math.max(0, index - 40), index)));
  if (calls.length === 0 || isProse(command) || saysItsArguments(command)) { return []; }
  const quotes = quotesAround(text, calls.map(({ index }) => index));
  return calls.map(({ 0: client, 1: isCompose, index }, i) => {
    const rest = text.slice(index + client.length, calls[i + 1]?.index);
    const words = `${isCompose ? 'compose ' : ''}${wordsBehind(rest, quotes[i])}`.split(' ', MOST_WORDS);
    const { verbs, behind } = verbsIn(words.slice(0, 30));
    const given = words.slice(behind);
    const files = words.flatMap((word, at) => /^(?:-f|--file)$/.test(word) ? words[at + 1] ?? [] : /^(?:-f=?|--file=)(.+)$/.exec(word)?.[1] ?? []);
    return { verbs, options: ` ${(TAKES_IMAGE.test(verbs) ? beforeImage(given) : given).join(' ')} `, files };
  });
}

const MOST_WORDS = 500;

/** The first word that is no option, nor the value of one, and the group before it; and how many words that took. */
function verbsIn(words: readonly string[]): { readonly verbs: string; readonly behind: number } {
  const verbs: string[] = [];
  let option = '';
  let behind = 0;
  for (const word of words) {
    behind++;
    const isValue = option !== '' && !STARTS.test([...verbs, word].join(' '));
    option = word.startsWith('-') && !word.includes('=') ? word : '';
    if (word.startsWith('-') || isValue) { continue; }
    verbs.push(word);
    if (!GROUPS.has(word) || STARTS.test(verbs.join(' '))) { break; }
  }
  return { verbs: verbs.join(' '), behind };
}
