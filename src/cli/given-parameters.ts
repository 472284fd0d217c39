import { parametersIn } from './parameter-files';
import { whyNotTaken } from '../engine/evaluator/parameter-limits';
import { sectionOf } from '../engine/evaluator/scope';
import { Problem, ReportedParameter } from '../engine/findings/report';
import { isObject } from '../engine/json/json';
import { quoted } from '../engine/text/quoted';
import { InputTemplate } from '../input/input-template';

interface Given {
  readonly value: string;

  /** The file, or the option. */
  readonly from: string;
}

interface Misfit extends Problem {
  readonly key: string;
}

const OPTION = '--parameter';

/** However a template spells it, as YAML 1.1 has it: nobody loses anything where too much is taken for a secret. */
const IS_SECRET = /^(?:true|yes|on|y|1)$/i;

/** `Stack:Name`, as `cdk deploy --parameters` has it. */
function keysFor(name: string, { stackName, stack }: InputTemplate): string[] {
  return [...[stackName, stack].flatMap(each => each === undefined ? [] : `${each}:${name}`), name];
}

/** What whoever deploys the templates gives to their parameters, and what became of it. */
export class GivenParameters {
  private readonly all = new Map<string, Given>();
  private readonly used = new Set<string>();
  private readonly met = new Set<string>();
  private readonly misfits: Misfit[] = [];
  private readonly secrets: Problem[] = [];

  /** Later files win over earlier ones, and the option over all. */
  public constructor(files: readonly string[], values: ReadonlyMap<string, string>, cwd: string) {
    for (const file of files) { parametersIn(cwd, file).forEach((value, key) => this.all.set(key, { value, from: file })); }
    values.forEach((value, key) => this.all.set(key, { value, from: OPTION }));
  }

  /** Templates that are judged together. Of loose ones, those that no other has as a nested stack may be deployed by themselves. */
  public withValuesAmong(inputs: readonly InputTemplate[], areLoose: boolean): InputTemplate[] {
    const inside = new Set(inputs.flatMap(({ children }) => [...children?.values() ?? []].flat()));
    return inputs.map(each => this.withValues(each, each.isStack === true || (areLoose && !inside.has(each.id))));
  }

  /** What decided about a template. */
  public get reported(): ReportedParameter[] {
    return [...this.all].filter(([key]) => this.used.has(key)).map(([name, { value, from }]) => ({ name, value, from }));
  }

  /** Values that fit no template that has the parameter. */
  public get problems(): Problem[] {
    return this.misfits.filter(({ key }) => !this.used.has(key)).map(({ key, ...problem }) => problem);
  }

  /** What is left undecided. */
  public get notes(): Problem[] {
    return [...this.misfits.filter(({ key }) => this.used.has(key)).map(({ key, ...problem }) => problem), ...this.secrets];
  }

  /** Names that no template has, each with where it was given. */
  public get unknown(): string[] {
    return [...this.all].filter(([key]) => !this.met.has(key)).map(([key, { from }]) => `${key} (${from})`);
  }

  /** The template with what its parameters are given. `isRoot`: it may be deployed by itself. */
  private withValues(input: InputTemplate, isRoot: boolean): InputTemplate {
    if (this.all.size === 0 || !isRoot) { return input; }
    const values = new Map<string, string>();
    for (const [name, declared] of Object.entries(sectionOf(input.template, 'Parameters'))) {
      const key = keysFor(name, input).find(each => this.all.has(each));
      if (key !== undefined && this.isTaken(key, name, declared, input)) { values.set(name, this.all.get(key)!.value); }
    }
    return values.size > 0 ? { ...input, parameterValues: values } : input;
  }

  private isTaken(key: string, name: string, declared: unknown, { file }: InputTemplate): boolean {
    const { value, from } = this.all.get(key)!;
    this.met.add(key);
    if (isObject(declared) && IS_SECRET.test(String(declared.NoEcho))) {
      this.secrets.push({ file, message: `the parameter ${quoted(name)} is NoEcho, so that the value from ${from} is not used: reports print what they see` });
      return false;
    }
    const why = whyNotTaken(declared, value, matches);
    if (why === undefined) {
      this.used.add(key);
    } else {
      this.misfits.push({ key, file, message: `the parameter ${quoted(name)} cannot be ${quoted(value)} (${from}): ${why}` });
    }
    return why === undefined;
  }
}

/** What a pattern of a template may take. */
const PATIENCE_MS = 100;

/** A pattern that cannot be read here, or takes too long, keeps nothing out. */
function matches(pattern: string, value: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { runInNewContext } = require('vm') as typeof import('vm');
  try {
    return runInNewContext('new RegExp(`^(?:${pattern})$`).test(value)', { pattern, value }, { timeout: PATIENCE_MS }) as boolean;
  } catch {
    return true;
  }
}
