import { isAddress } from './addresses';
import { Stack, Token } from '../cdk/cdk';
import { intrinsicOf, isObject, isScalar } from '../engine/json/json';
import { latestVersionsIn } from '../engine/templates/references';

interface Stored {
  readonly stack: Stack;
  readonly name: string;
  readonly value: unknown;
}

/** Values that are stored under names, for whoever reads them in the same account and Region. */
export class StoredValues {
  private readonly all: Stored[] = [];

  public add(stack: Stack, name: unknown, value: unknown): void {
    this.all.push({ stack, name: nameText(stack, name), value });
  }

  public get holdLatest(): boolean {
    return this.all.some(({ value }) => latestVersionsIn(value).length > 0);
  }

  /** What a stack reads under a name that is written in the same way. */
  public under(stack: Stack, name: string): unknown {
    return this.all.find(each => each.name === name && each.stack.environment === stack.environment)?.value;
  }

  /**
   * The version numbers that a stack may read under a name. Where neither name nor place can be decided they may be the same, and whoever
   * reads them may be replaced; an id is taken for nobody's that cannot be decided.
   */
  public versionsUnder(stack: Stack, name: string): unknown {
    const candidates = this.all.filter(each => mayBeSameName(each.name, name) && mayBeSamePlace(each.stack, stack));
    const versions = candidates.flatMap(({ value }) => latestVersionsIn(value));
    return versions.length > 0 ? handedOn(versions) : undefined;
  }
}

/** Stands for what is given version numbers in a way that is not followed any further. */
export function handedOn(templates: readonly string[]): unknown {
  return { 'Fn::HandedOn': templates.map(each => ({ 'Fn::GetAtt': [each, 'LatestVersionNumber'] })) };
}

/** A name as far as it is known, the same for whoever writes it in the same way; the rest stands between marks. */
export function nameText(stack: Stack, value: unknown): string {
  if (isScalar(value)) { return String(value); }
  const { name, argument } = intrinsicOf(value) ?? {};
  switch (name) {
    case 'Ref': return pseudo(stack, String(argument)) ?? unknown(String(argument));
    case 'Fn::GetAtt': return unknown(Array.isArray(argument) ? argument.join('.') : String(argument));
    case 'Fn::Join': {
      const [delimiter, list] = Array.isArray(argument) ? argument as unknown[] : [];
      return Array.isArray(list) ? list.map(each => nameText(stack, each)).join(String(delimiter)) : unknown(JSON.stringify(value));
    }
    case 'Fn::Sub': {
      const [text, names] = Array.isArray(argument) ? argument as unknown[] : [argument];
      return String(text).replace(/\$\{(!?)\s*([^{}]*?)\s*\}/g, (_, isLiteral: string, id: string) => {
        if (isLiteral) { return `\${${id}}`; }
        return isObject(names) && Object.hasOwn(names, id) ? nameText(stack, names[id]) : pseudo(stack, id) ?? unknown(id);
      });
    }
    default: return unknown(JSON.stringify(value) ?? '');
  }
}

function unknown(text: string): string {
  return `\u0000${text}\u0000`;
}

function pseudo({ account, region, stackName }: Stack, name: string): string | undefined {
  const known = { 'AWS::AccountId': account, 'AWS::Region': region, 'AWS::StackName': stackName }[name];
  return known === undefined || Token.isUnresolved(known) ? undefined : known;
}

/** Whether two names can be the same when they are deployed, as far as what is known at their beginnings and ends tells. */
function mayBeSameName(one: string, other: string): boolean {
  if (one === other) { return true; }
  const [left, right] = [partsOf(one), partsOf(other)];
  if (left.length === 1 && right.length === 1) { return false; }
  return agree(left[0], right[0], 'startsWith') && agree(left[left.length - 1], right[right.length - 1], 'endsWith');
}

function agree(one: string, other: string, how: 'startsWith' | 'endsWith'): boolean {
  return one[how](other) || other[how](one);
}

/** What is known of a name, in order. The name that CloudFormation makes of a resource is its alone, and so as good as known. */
function partsOf(name: string): string[] {
  const parts = ['']; // at odd places of a name stands what is not known
  name.split('\u0000').forEach((part, i) => {
    if (i % 2 === 0 || (isAddress(part) && !part.includes('.'))) { parts[parts.length - 1] += part; } else { parts.push(''); }
  });
  return parts;
}

function mayBeSamePlace(one: Stack, other: Stack): boolean {
  return [[one.account, other.account], [one.region, other.region]]
    .every(([here, there]) => here === there || Token.isUnresolved(here) || Token.isUnresolved(there));
}
