import { Command } from './command';
import { nameOf } from './documents';
import { saysItsArguments } from './quoted-text';
import { functionAround } from './wrappers';

/** All the arguments of a function, or the first. */
const ARGUMENTS = /["']?\$(?:\{?1\b|[@*]|\{[@*])/;

/** `DC="docker compose"`, alone in a command. */
const ASSIGNMENT = /^\s{0,200}(?:(?:export|local|readonly)\s{1,4})?([A-Za-z_]\w{0,80})=["']?((?:[\w./-]{1,80}[ \t]{1,4}){0,6}[\w./=-]{1,80})["']?\s{0,200}$/;

/** A variable that is run. */
const RUN = /^\s{0,200}(?:sudo\s{1,4})?["']?\$\{?([A-Za-z_]\w{0,80})\}?["']?(?=\s)/;

/** Functions and variables of a script that stand for a program and its first words: `d() { docker "$@"; }`. */
export class Shorthands {
  private readonly functions = new Map<string, string>();
  private readonly variables = new Map<string, string>();

  /** Functions that do nothing with their arguments but to say them. */
  private readonly tellers = new Set<string>();

  /** `program`: what a shorthand may stand for, with the flag `g`. */
  public constructor(commands: readonly Command[], program: RegExp) {
    const doers = new Set<string>();
    for (const command of commands) {
      const { text } = command;
      const [, variable, words] = ASSIGNMENT.exec(text) ?? [];
      if (variable !== undefined && `${words} `.search(program) >= 0) { this.variables.set(variable, words); }
      const place = text.search(ARGUMENTS);
      const name = place >= 0 ? functionAround(command)?.toLowerCase() : undefined;
      if (name === undefined) { continue; }
      if (saysItsArguments(command)) { this.tellers.add(name); } else { doers.add(name); }
      const start = text.search(program);
      if (start >= 0 && start < place) { this.functions.set(name, text.slice(start, place)); }
    }
    doers.forEach(name => this.tellers.delete(name));
  }

  /** Whether a command calls a function that says its arguments to people. */
  public isTold({ text }: Command): boolean {
    return this.tellers.size > 0 && this.tellers.has(nameOf(text));
  }

  /** The text of a command, with what it is short for in place of a shorthand. */
  public written({ text }: Command): string {
    const [variable, name] = this.variables.size > 0 ? RUN.exec(text) ?? [] : [];
    const words = name === undefined ? undefined : this.variables.get(name);
    if (words !== undefined) { return `${words}${text.slice(variable!.length)}`; }
    const called = this.functions.size > 0 ? nameOf(text) : '';
    const before = this.functions.get(called);
    const rest = before === undefined ? '' : text.slice(text.toLowerCase().indexOf(called) + called.length);
    return before === undefined || /^\s*\(/.test(rest) ? text : `${before}${rest}`;
  }
}
