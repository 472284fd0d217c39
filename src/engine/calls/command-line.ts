import { CallOptions } from './api-call';
import { documentIn, startedInScript } from './script-starts';
import { ABSENT, orElsewhere, standsForMore, valueIn, valueOf } from './script-values';
import { PossibleValue } from '../evaluator/possible-value';
import { Variables } from '../scripts/variables';
import { Api, apiNamed, kebab } from '../surfaces/apis';
import { Start } from '../surfaces/surface';
import { StartedRunbook } from '../templates/started-runbooks';

/** What a call in a script says. */
export interface WrittenCall {
  readonly api: Api;
  readonly options: readonly CallOptions[];
  readonly isUncontrolled?: boolean;

  /** The automations that it starts. */
  readonly runbooks?: readonly StartedRunbook[];

  /** How tokens are required there. */
  readonly asWritten: string;
}

/** Options of the AWS CLI for all commands that take no value. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html */
const FLAG = /^--(?:no-[\w-]+|debug|color)$/;

/** What prints a request, or checks it and launches nothing. */
const CALLS_NOTHING = /^--(?:generate-cli-skeleton(?:=.*)?|dry-run)$/;

/** The call that the words behind `aws` make. */
export function commandLineCall(words: readonly string[], variables: Variables): WrittenCall | undefined {
  const { names: [service, action], behind } = namesIn(words);
  const api = service && action ? apiNamed(service, action) : undefined;
  if (!api || words[behind] === 'help' || words.slice(behind).some(word => CALLS_NOTHING.test(word))) { return undefined; }
  const { options, hasMore } = optionsIn(words.slice(behind));
  const valueOfKey = (key: string): PossibleValue => (
    orElsewhere(keyIn(key, api, options, variables), hasMore || isFromFile(options))
  );
  const { tokens, endpoint, enforced, starts } = api;
  if (starts) { return { api, options: [], runbooks: startedBy(starts, options, hasMore || isFromFile(options), variables), asWritten: '' }; }
  return {
    api,
    options: tokens && api.container ? [{
      tokens: valueOfKey(tokens.key), endpoint: endpoint ? valueOfKey(endpoint) : ABSENT, enforced: enforced ? valueOfKey(enforced) : ABSENT,
    }] : [],
    isUncontrolled: api.uncontrolled && options.has(kebab(String(api.uncontrolled[0]))),
    asWritten: tokens && api.container ? writtenAs(api) : '',
  };
}

function startedBy(starts: Start, options: Options, isFromElsewhere: boolean, variables: Variables): StartedRunbook[] {
  const name = starts.at.length === 0 ? options.get(kebab(String(starts.document.at(-1)))) : undefined;
  const text = ['parameters', 'runbooks', 'cli-input-json', 'cli-input-yaml'].flatMap(option => options.get(option) ?? []).join(' ');
  const document = name === undefined ? documentIn(text, starts, variables) : valueOf(name, variables);
  return startedInScript(starts, document, text, isFromElsewhere, variables);
}

function writtenAs({ container, tokens }: Api): string {
  const [option] = container!;
  return option === undefined ? `--${kebab(tokens!.key)} ${tokens!.required}` : `${tokens!.key}=${tokens!.required} in --${kebab(option as string)}`;
}

/** Service and command. What stands before them is for the AWS CLI itself. */
function namesIn(words: readonly string[]): { readonly names: string[]; readonly behind: number } {
  const names: string[] = [];
  let at = 0;
  for (; at < words.length && names.length < 2; at++) {
    if (!words[at].startsWith('--')) { names.push(words[at]); } else if (!FLAG.test(words[at]) && !words[at].includes('=')) { at++; }
  }
  return { names, behind: at };
}

type Options = ReadonlyMap<string, string>;

function optionsIn(words: readonly string[]): { readonly options: Options; readonly hasMore: boolean } {
  const options = new Map<string, string>();
  let name: string | undefined;
  let hasMore = false;
  for (const word of words) {
    const [, option, value] = /^--([\w-]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (option !== undefined) {
      name = option;
      options.set(option, value ?? '');
    } else {
      hasMore ||= standsForMore(word) && (name === undefined || options.get(name) !== '');
      if (name !== undefined) { options.set(name, `${options.get(name)!} ${word}`.trim()); }
    }
  }
  return { options, hasMore };
}

function keyIn(key: string, { container, tokens }: Api, options: Options, variables: Variables): PossibleValue {
  const [first] = container!;
  const option = kebab(first === undefined ? key : first as string);
  const text = options.get(option);
  if (typeof tokens!.required === 'boolean' && first === undefined) {
    return text !== undefined ? valueOf('true', variables) : options.has(`no-${option}`) ? valueOf('false', variables) : ABSENT;
  }
  const given = text === undefined ? ABSENT : first === undefined ? valueOf(text, variables) : valueIn(text, key, variables);
  const whole = options.get('cli-input-json') ?? options.get('cli-input-yaml');
  return given.kind === 'absent' && whole !== undefined ? valueIn(whole, key, variables) : given;
}

function isFromFile(options: Options): boolean {
  return ['cli-input-json', 'cli-input-yaml'].some(name => /^["']?(?:file|\$)/.test(options.get(name) ?? ''));
}
