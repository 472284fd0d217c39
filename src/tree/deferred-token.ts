import { typedKey } from './properties';
import { IResolvable, IResolveContext, Token, Tokenization } from '../cdk/cdk';
import { Dialect } from '../engine/harden/dialect';
import { isObject } from '../engine/json/json';

const ORIGINAL = Symbol.for('cdk-imds-guard.original');

/**
 * A token that resolves to a changed form of another.
 *
 * What the author put there is resolved as late as it ever was, so a lazy value keeps its last word on everything but IMDS.
 */
class Deferred implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(protected readonly original: unknown, private readonly change: (value: unknown) => unknown) {}

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
  public get [ORIGINAL](): unknown {
    return this.original;
  }
}

/** One property of an object that is a token as a whole. */
export function pick(object: unknown, name: string): IResolvable {
  return new Deferred(object, known => isObject(known) ? known[name] : undefined);
}

function defer(value: unknown, change: (value: unknown) => unknown): unknown {
  const original = (value as { [ORIGINAL]?: unknown })[ORIGINAL] ?? value; // hardening twice is hardening once
  return new Hardened(original, change);
}

function isOpaque(value: unknown): boolean {
  return typeof value === 'string' ? Token.isUnresolved(value) : Tokenization.isResolvable(value);
}

/** Values of a typed property of aws-cdk-lib: `httpTokens`, not `HttpTokens`. */
export const TYPED: Dialect = { name: typedKey, isOpaque, defer };

/** Values of a generic resource or a raw override: CloudFormation's spelling, with tokens. */
export const GENERIC: Dialect = { name: key => key, isOpaque, defer };
