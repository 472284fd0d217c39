/** How the values of a resource are spelled and what in them cannot be read yet. */
export interface Dialect {
  /** How a CloudFormation key is spelled. */
  name(key: string): string;

  /** A value that is only known later, such as a CDK token. */
  isOpaque(value: unknown): boolean;

  /** Applies `change` to an opaque value when it becomes known, in place of what an earlier pass wanted at the same place. */
  defer(value: unknown, change: (value: unknown) => unknown, place?: number): unknown;
}

/** Plain template JSON: CloudFormation's own spelling, nothing opaque. */
export const TEMPLATE: Dialect = { name: key => key, isOpaque: () => false, defer: value => value };

/** The same at one of the places where a resource has settings. */
export function atPlace(dialect: Dialect, place: number): Dialect {
  return { ...dialect, defer: (value, change) => dialect.defer(value, change, place) };
}

/** Below an intrinsic function and inside JSON text, keys are spelled as CloudFormation spells them. */
export function plainNames(dialect: Dialect): Dialect {
  return { ...dialect, name: key => key };
}
