/** How the values of a resource are spelled and what in them cannot be read yet. */
export interface Dialect {
  /** How a CloudFormation key is spelled. */
  name(key: string): string;

  /** A value that is only known later, such as a CDK token. */
  isOpaque(value: unknown): boolean;

  /** Applies `change` to an opaque value when it becomes known. */
  defer(value: unknown, change: (value: unknown) => unknown): unknown;
}

/** Plain template JSON: CloudFormation's own spelling, nothing opaque. */
export const TEMPLATE: Dialect = { name: key => key, isOpaque: () => false, defer: value => value };

/** Below an intrinsic function and inside JSON text, keys are spelled as CloudFormation spells them. */
export function plainNames(dialect: Dialect): Dialect {
  return { ...dialect, name: key => key };
}
