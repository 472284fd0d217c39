import type { Context } from './context';

/**
 * What an expression can turn out to be: a value, nothing at all, an attribute of a resource, or something that the template does not tell.
 *
 * A value is free of functions at its top; what is inside it may hold more, to be read in the same context.
 */
export type PossibleValue = (
  | Known
  | { readonly kind: 'absent' }
  | { readonly kind: 'attribute'; readonly address: string; readonly instance?: string; readonly attribute: string }
  | Unknown
) & { readonly context: Context };

interface Known {
  readonly kind: 'value';
  readonly value: unknown;

  /** The parameter that allows the value among others, so that it is possible, but not what the author chose. */
  readonly allowedBy?: string;

  /** The parameter that it comes from. */
  readonly source?: string;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;

  /** What users call it: the name of a parameter, an export or a dynamic reference. */
  readonly source?: string;

  /** Equal symbols stand for equal values. */
  readonly symbol?: string;
}

/** Finds the possible values of an expression. Given to each intrinsic function, since functions contain each other. */
export type Evaluate = (value: unknown, context: Context) => PossibleValue[];
