/* eslint-disable @stylistic/max-len */ // a case a line
import { TemplateSource } from '../../src/engine/evaluator/source';
import { isObject, JsonObject } from '../../src/engine/json/json';

/** A stack that is deployed: a template with everything chosen that a deployment chooses. */
export interface Stack {
  readonly source: TemplateSource;

  /** Its name, below the names of the stacks that it is nested in. */
  readonly name: string;
  readonly parameters: JsonObject;
  readonly nested: Map<string, Stack>;

  /** Conditions that have been looked at. */
  readonly known: Map<string, boolean>;
}

/** What is the same for all stacks of a deployment. */
export interface Deployed {
  readonly region: string;
  readonly stacks: Stack[];
  readonly sources: ReadonlyMap<string, TemplateSource>;
}

/** CloudFormation would refuse it. */
export class Refused extends Error {}

export const NOTHING = Symbol('AWS::NoValue');

export function templateOf({ source }: Stack): { [section: string]: JsonObject } {
  return source.template as { [section: string]: JsonObject };
}

/** The resources that are made, by logical id. */
export function resourcesOf(stack: Stack, all: Deployed): [string, JsonObject][] {
  return (Object.entries(templateOf(stack).Resources ?? {}) as [string, JsonObject][]).filter(([, each]) => isMade(each, stack, all));
}

export function isMade({ Condition: condition }: JsonObject, stack: Stack, all: Deployed): boolean {
  return condition === undefined || holds({ Condition: condition }, stack, all);
}

/** Deploys a stack with all that is nested in it. What it gives the nested ones is looked at when they ask. */
export function deploy(source: TemplateSource, name: string, parameters: JsonObject, all: Deployed): Stack {
  const stack: Stack = { source, name, parameters, nested: new Map(), known: new Map() };
  all.stacks.push(stack);
  for (const [logicalId, resource] of resourcesOf(stack, all)) {
    const [child] = source.children?.get(logicalId) ?? [];
    if (child === undefined) { continue; }
    const given = (resource.Properties as JsonObject | undefined)?.Parameters ?? {};
    const lazy = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, () => valueOf(value, stack, all)]));
    stack.nested.set(logicalId, deploy(all.sources.get(child)!, `${name}/${logicalId}`, lazy, all));
  }
  return stack;
}

/** The value of an expression. A resource is `<its stack>/<its logical id>`, as an id would be. */
export function valueOf(value: unknown, stack: Stack, all: Deployed): unknown {
  if (value === null || value === undefined) { return NOTHING; }
  if (typeof value === 'string') { return value.startsWith('{{resolve:') ? 'optional' : value; }
  if (Array.isArray(value)) { return value.map(each => valueOf(each, stack, all)).filter(each => each !== NOTHING); }
  if (!isObject(value)) { return value; }
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? entries[0] : [''];
  const evaluate = FUNCTIONS[name];
  if (evaluate) { return evaluate(argument, stack, all); }
  return Object.fromEntries(entries.map(([key, each]) => [key, valueOf(each, stack, all)]).filter(([, each]) => each !== NOTHING));
}

type Evaluate = (argument: any, stack: Stack, all: Deployed) => unknown;

const FUNCTIONS: { readonly [name: string]: Evaluate | undefined } = {
  'Ref': refTo,
  'Fn::If': ([condition, yes, no], stack, all) => valueOf(holds({ Condition: condition }, stack, all) ? yes : no, stack, all),
  'Fn::FindInMap': ([map, top, second, options], stack, all) => {
    const [one, other, key] = [map, top, second].map(each => String(valueOf(each, stack, all)));
    const found = (templateOf(stack).Mappings?.[one] as any)?.[other]?.[key];
    return valueOf(found ?? options?.DefaultValue ?? refuse(`no ${one} ${other} ${key}`), stack, all);
  },
  'Fn::Select': ([index, list], stack, all) => (valueOf(list, stack, all) as unknown[])[Number(valueOf(index, stack, all))] ?? refuse('Fn::Select'),
  'Fn::Split': ([delimiter, text], stack, all) => textOf(text, stack, all).split(delimiter),
  'Fn::Join': ([delimiter, list], stack, all) => (valueOf(list, stack, all) as unknown[]).map(String).join(delimiter),
  'Fn::Sub': (argument, stack, all) => {
    const [text, map] = Array.isArray(argument) ? argument : [argument, {}];
    return text.replace(/\$\{([^}]+)\}/g, (_: string, name: string) => textOf(map[name] ?? (name.includes('.') && !name.startsWith('AWS::') ? { 'Fn::GetAtt': name } : { Ref: name }), stack, all));
  },
  'Fn::GetAtt': (argument, stack, all) => {
    const [logicalId, ...rest] = Array.isArray(argument) ? argument : argument.split('.');
    const attribute = rest.join('.');
    if (!isMade(templateOf(stack).Resources[logicalId] as JsonObject ?? refuse(`no ${logicalId}`), stack, all)) { refuse(`no ${logicalId}`); }
    return attribute.startsWith('Outputs.') ? outputOf(stack.nested.get(logicalId)!, attribute.slice('Outputs.'.length), all) : '1';
  },
  'Fn::ImportValue': (argument, stack, all) => {
    const name = textOf(argument, stack, all);
    const found = all.stacks.flatMap(each => Object.entries(templateOf(each).Outputs ?? {} as JsonObject)
      .filter(([, output]) => isObject((output as JsonObject).Export) && isMade(output as JsonObject, each, all) && textOf(((output as JsonObject).Export as JsonObject).Name, each, all) === name)
      .map(([key]) => ({ each, key })));
    if (found.length !== 1) { refuse(`${found.length} exports ${name}`); }
    return outputOf(found[0].each, found[0].key, all);
  },
};

function refTo(name: string, stack: Stack, all: Deployed): unknown {
  const pseudo: JsonObject = { 'AWS::NoValue': NOTHING, 'AWS::Region': all.region, 'AWS::AccountId': '111111111111', 'AWS::StackName': stack.name.replaceAll('/', '-') };
  if (Object.hasOwn(pseudo, name)) { return pseudo[name]; }
  const declared = templateOf(stack).Parameters?.[name];
  if (declared) {
    const given = stack.parameters[name];
    const value = typeof given === 'function' ? given() : given ?? NOTHING;
    const whole = value === NOTHING ? (declared as JsonObject).Default ?? refuse(`nothing for ${name}`) : value;
    const allowed = (declared as JsonObject).AllowedValues as unknown[] | undefined;
    if (allowed && !allowed.map(String).includes(String(whole))) { refuse(`${name} must not be ${String(whole)}`); }
    return (declared as JsonObject).Type === 'CommaDelimitedList' ? String(whole).split(',') : whole;
  }
  if (!isMade(templateOf(stack).Resources[name] as JsonObject ?? refuse(`no ${name}`), stack, all)) { refuse(`no ${name}`); }
  return `${stack.name}/${name}`;
}

function outputOf(stack: Stack, name: string, all: Deployed): unknown {
  const output = templateOf(stack).Outputs?.[name] as JsonObject | undefined;
  return output && isMade(output, stack, all) ? valueOf(output.Value, stack, all) : refuse(`no output ${name}`);
}

function textOf(value: unknown, stack: Stack, all: Deployed): string {
  const text = valueOf(value, stack, all);
  return typeof text === 'string' || typeof text === 'number' ? String(text) : refuse('no text');
}

export function holds(condition: any, stack: Stack, all: Deployed): boolean {
  const [[name, argument]] = Object.entries(condition) as [string, any][];
  switch (name) {
    case 'Condition':
      if (!stack.known.has(argument)) { stack.known.set(argument, holds(templateOf(stack).Conditions?.[argument] ?? refuse(`no condition ${argument}`), stack, all)); }
      return stack.known.get(argument)!;
    case 'Fn::Not': return !holds(argument[0], stack, all);
    case 'Fn::And': return argument.every((each: unknown) => holds(each, stack, all));
    case 'Fn::Or': return argument.some((each: unknown) => holds(each, stack, all));
    default:
      if (argument.length !== 2) { refuse('not two'); }
      return textOf(argument[0], stack, all) === textOf(argument[1], stack, all);
  }
}

function refuse(why: string): never {
  throw new Refused(why);
}
