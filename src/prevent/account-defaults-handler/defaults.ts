/** The defaults of an account in a region, by the names of the API's parameters. What is not set says so. */
export type Defaults = Readonly<Record<DefaultName, string>>;

export type DefaultName = keyof typeof NOT_SET;

/** What the API takes for a default to remove. */
export const NOT_SET = {
  HttpTokens: 'no-preference',
  HttpPutResponseHopLimit: '-1',
  HttpEndpoint: 'no-preference',
  InstanceMetadataTags: 'no-preference',
  HttpTokensEnforced: 'no-preference',
};

export const NAMES = Object.keys(NOT_SET) as DefaultName[];

/** The parameters that must change, and what they become. */
export function changesTo(wanted: Defaults, now: Defaults): Partial<Record<DefaultName, string>> {
  return Object.fromEntries(NAMES.filter(name => wanted[name] !== now[name]).map(name => [name, wanted[name]]));
}

const BEFORE = 'imds-defaults?';
const FAILED = 'imds-defaults-failed?';

/**
 * What was there before stands in the physical id of the resource: it survives updates, and needs no store.
 *
 * @param isFailed when the resource could not be made, so that it is undone whatever is said about deletion
 */
export function idOf(before: Defaults, isFailed = false): string {
  return `${isFailed ? FAILED : BEFORE}${new URLSearchParams(NAMES.filter(name => before[name] !== NOT_SET[name]).map((name): [string, string] => [name, before[name]]))}`;
}

/** Undefined where nothing was changed. */
export function beforeIn(id: string): { readonly before: Defaults; readonly isFailed: boolean } | undefined {
  const prefix = [BEFORE, FAILED].find(each => id.startsWith(each));
  if (prefix === undefined) { return undefined; }
  const kept = new URLSearchParams(id.slice(prefix.length));
  return { before: defaultsFrom(name => kept.get(name) ?? undefined), isFailed: prefix === FAILED };
}

export function defaultsFrom(find: (name: DefaultName) => string | undefined): Defaults {
  return Object.fromEntries(NAMES.map(name => [name, find(name) ?? NOT_SET[name]])) as Defaults;
}
