/**
 * One of several stacks that have the same template: what holds in one of them need not hold in another.
 *
 * Undefined stands for the one that is looked at, and for the only one.
 */
export interface Instance {
  /** The way to it. */
  readonly key: string;

  /** The address of the resource that holds it. Undefined where that is not known. */
  readonly parent?: string;

  /** Which of the stacks the parent is in. */
  readonly within?: Instance;
}

/** The one that a resource brings. */
export function nestedIn(parent: string, within: Instance | undefined): Instance {
  return { key: `${within?.key ?? ''}${parent}\u0001`, parent, within };
}

/** The one that exports something under a name. */
export function exporting(name: string): Instance {
  return { key: `export ${name}\u0001` };
}

/** The one around it. If who holds it is not known, it is the one around that which exports. */
export function around(inside: Instance | undefined): Instance | undefined {
  return inside?.parent === undefined ? inside : inside.within;
}

/** What stands for a text of one instance, in one that does not tell them apart. */
export function ofAnyInstance(symbol: string | undefined): string | undefined {
  return symbol?.replace(/\u0000[^\u0000]*\u0001/g, '\u0000');
}
