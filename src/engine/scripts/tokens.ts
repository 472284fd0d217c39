import { Command } from './command';
import { namesIn } from './header-names';
import { countWhile } from './positions';
import { saysItsArguments } from './quoted-text';
import { Request, Script } from './requests';
import { Variables } from './variables';

const LIFETIME = /x-aws-ec2-metadata-token-ttl-seconds["'`\]\\]{0,4}\s{0,6}(?:=>|[:=,])?\s{0,6}["'`(\\]{0,4}(?:str\()?(?:(-?\d{1,15})(?![\w.])|([$#%]?\{?\$?[A-Za-z_]\w{0,80}\}?))/gi;

/** Requests for a token that lives 0 or more than 21600 seconds, which IMDS answers with 400. */
export function badLifetimes(commands: readonly Command[], variables: Variables): Array<{ readonly at: number; readonly seconds: string }> {
  return commands.filter(({ text }) => /-ttl-seconds/i.test(text)).filter(command => !saysItsArguments(command)).flatMap(command => (
    [...command.text.matchAll(LIFETIME)].flatMap(({ 0: all, 1: number, 2: name, index }) => {
      const seconds = number ?? variables.literalOf(namesIn(name)[0] ?? name);
      const isBad = seconds !== undefined && /^-?\d{1,15}$/.test(seconds) && (Number(seconds) < 1 || Number(seconds) > 21600);
      return isBad ? [{ at: command.offsetOf(index + all.length - 1), seconds }] : [];
    })
  ));
}

interface Change {
  readonly name: string;

  /** Empty: no proxy from here on. */
  readonly value: string;
  readonly at: number;
}

const PROXY = /(?:^|[\s"'[(;:])((?:http|all)_proxy)["'\]]{0,2}\s{0,3}=(?!=)\s{0,3}["']?([^\s"';]{0,400})/gi;
const NO_PROXY = /no_proxy["'\]]{0,2}\s{0,3}=(?!=)\s{0,3}(?:"([^"]{0,4000})|'([^']{0,4000})|([^\s;"']{0,4000}))/gi;
const EXPORTS = /^\s{0,200}(?:export\s|(?:declare|typeset)\s{1,4}-\w{0,4}x|set\s|\$env:|os\.environ|ENV\[|process\.env)/i;

/** The proxies that a script sets for what it starts. */
export class Proxies {
  private readonly changes: ReadonlyMap<string, readonly Change[]>;
  private readonly spareImds: boolean;

  public constructor(commands: readonly Command[], script: Script) {
    const isRelevant = /_proxy/i.test(script.text);
    this.changes = grouped(isRelevant ? changesOf(commands) : []);
    this.spareImds = isRelevant
      && [...script.text.matchAll(NO_PROXY)].some(([, double, single, plain]) => spares(double ?? single ?? plain, script.variables));
  }

  /** What a request for a token goes through; undefined where it reaches IMDS directly, as far as the script tells. */
  public of({ command: { text }, tool, at }: Request): string | undefined {
    if (/x-forwarded-for/i.test(text)) { return 'it sends that header itself'; }
    if (/--no-?proxy\b|-NoProxy\b|\buse_proxy=(?:no|off|0)\b/i.test(text)) { return undefined; }
    const option = ownProxy(text, tool.name);
    if (option !== undefined) { return /^(?:["']?$|socks|\$null|None)/i.test(option) ? undefined : option; }
    if (this.spareImds || /\bproxies\b|ProxyHandler|trust_env|env\s+-u/.test(text)) { return undefined; }
    const own = [...text.matchAll(PROXY)].find(([, name, value]) => value !== '' && tool.proxies?.test(name));
    return own ? `${own[1]}=${own[2]}` : this.exported(tool.proxies, at);
  }

  private exported(names: RegExp | undefined, at: number): string | undefined {
    const active = [...this.changes]
      .filter(([name]) => names?.test(name))
      .map(([, changes]) => changes[countWhile(changes.length, i => changes[i].at < at) - 1])
      .find(change => change !== undefined && change.value !== '');
    return active && `${active.name}=${active.value}`;
  }
}

function grouped(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.name);
    if (group) { group.push(change); } else { groups.set(change.name, [change]); }
  }
  return groups;
}

function ownProxy(text: string, tool: string): string | undefined {
  const patterns: { readonly [tool: string]: RegExp } = {
    curl: /\s(?:-[a-zA-Z]{0,6}x|--proxy|--proxy1\.0)(?:\s{1,4}|=|(?<=-x)(?=\S))["']?([^\s"']{0,400})/,
    wget: /\s(?:-e|--execute)[\s=]{0,4}["']?(?:https?_proxy|use_proxy)=([^\s"']{0,400})/,
    PowerShell: /\s-Proxy\s{1,4}["']?([^\s"']{1,400})/i,
    requests: /\bproxies\s{0,3}=\s{0,3}\{[^}]{0,200}["']http["']\s{0,3}:\s{0,3}(None|["']\w[^"']{0,400})/,
  };
  return Object.hasOwn(patterns, tool) ? patterns[tool].exec(text)?.[1] : undefined;
}

/** In the order of the script. Without `export`, what a script starts does not see a variable. */
function changesOf(commands: readonly Command[]): Change[] {
  const changes: Change[] = [];
  const exported = new Set(commands.flatMap(({ text }) => /^\s{0,200}export\s/.test(text) ? text.match(/\b(?:http|all)_proxy\b(?!=)/gi) ?? [] : []));
  let exportsAll = false;
  for (const command of commands) {
    const { text } = command;
    if (/^\s{0,200}set\s{1,4}(?:-\w{0,6}a|-o\s{1,4}allexport)/.test(text)) { exportsAll = true; }
    if (/^\s{0,200}unset\s/.test(text)) {
      for (const { 0: name, index } of text.matchAll(/\b(?:http|all)_proxy\b/gi)) { changes.push({ name, value: '', at: command.offsetOf(index) }); }
      continue;
    }
    const isExport = exportsAll || EXPORTS.test(text);
    const isAssignment = isExport || /^\s{0,200}\w{1,80}=\S{0,400}\s{0,200}$/.test(text);
    for (const { 1: name, 2: value, index } of isAssignment ? text.matchAll(PROXY) : []) {
      if (isExport || exported.has(name)) { changes.push({ name, value, at: command.offsetOf(index) }); }
    }
  }
  return changes.sort((left, right) => left.at - right.at);
}

/** Whether a list of exceptions names IMDS, or may do so. */
function spares(value: string, variables: Variables): boolean {
  return /169\.254\.|\*|fd00:ec2/i.test(value) || namesIn(value).some(name => {
    const literal = variables.literalOf(name);
    return literal === undefined ? variables.isOpaque(name) : /169\.254\.|\*/.test(literal);
  });
}
