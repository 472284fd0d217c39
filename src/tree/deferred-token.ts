import { typedKey } from './properties';
import { IResolvable, IResolveContext, Token, Tokenization } from '../cdk/cdk';
import { Dialect } from '../engine/harden/dialect';
import { isObject } from '../engine/json/json';

const ORIGINAL = Symbol.for('cdk-imds-guard.original');
const CHANGES = Symbol.for('cdk-imds-guard.changes');

type Change = (value: unknown) => unknown;

/**
 * A token that resolves to a changed form of another.
 *
 * What the author put there is resolved as late as it ever was, so a lazy value keeps its last word on everything but IMDS.
 */
class Deferred implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(protected readonly original: unknown, private readonly change: Change) {}

  public resolve(context: IResolveContext): unknown {
    return this.change(context.resolve(this.original, { removeEmpty: false }));
  }

  public toString(): string {
    return Token.asString(this);
  }

  public toJSON(): string {
    return '<hardened by cdk-imds-guard>';
  }
}

class Hardened extends Deferred {
  /** @param changes by the place that each is about */
  public constructor(original: unknown, private readonly changes: ReadonlyMap<number, Change>) {
    super(original, value => [...changes.values()].reduce((before, change) => change(before), value));
  }

  public get [CHANGES](): ReadonlyMap<number, Change> {
    return this.changes;
  }

  public get [ORIGINAL](): unknown {
    return this.original;
  }
}

/** One property of an object that is a token as a whole. */
export function pick(object: unknown, name: string): IResolvable {
  return new Deferred(object, known => isObject(known) ? known[name] : undefined);
}

function defer(value: unknown, change: Change, place = 0): unknown {
  const { [ORIGINAL]: original = value, [CHANGES]: changes } = value as { [ORIGINAL]?: unknown; [CHANGES]?: ReadonlyMap<number, Change> };
  return new Hardened(original, new Map(changes).set(place, change)); // hardening a place twice is hardening it once
}

function isOpaque(value: unknown): boolean {
  return typeof value === 'string' ? Token.isUnresolved(value) : Tokenization.isResolvable(value);
}

/** Values of a typed property of aws-cdk-lib: `httpTokens`, not `HttpTokens`. */
export const TYPED: Dialect = { name: typedKey, isOpaque, defer };

/** Values of a generic resource or a raw override: CloudFormation's spelling, with tokens. */
export const GENERIC: Dialect = { name: key => key, isOpaque, defer };
