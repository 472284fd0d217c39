import { Settings } from '../engine/surfaces/settings';

/** What a call asks for, or what holds around it. */
export interface Strength {
  readonly mode?: 'enforce' | 'observe';
  readonly settings: Settings;
  readonly excludeResourceTypes?: ReadonlySet<string>;
  readonly attachLaunchTemplate?: ReadonlySet<string>;
  readonly includeResourceTypes?: ReadonlySet<string>;
}

/** An option of an inner call that asks for less than what holds around it. */
export interface Weakness {
  readonly option: 'mode' | 'excludeResourceTypes' | 'attachLaunchTemplate' | 'includeResourceTypes' | keyof Settings;

  /** For a message, after the name of the call. */
  readonly what: string;
}

/** Everything in which an inner call is weaker. An option that it does not have is left to the scope around it, so it is not. */
export function weakerIn(inner: Strength, outer: Strength): Weakness[] {
  const found: Weakness[] = [];
  if (outer.mode === 'enforce' && inner.mode === 'observe') { found.push({ option: 'mode', what: 'it observes what is enforced' }); }
  const excluded = [...inner.excludeResourceTypes ?? []].filter(type => !outer.excludeResourceTypes?.has(type));
  if (excluded.length > 0) { found.push({ option: 'excludeResourceTypes', what: `it excludes ${excluded.join(', ')}` }); }
  for (const option of ['attachLaunchTemplate', 'includeResourceTypes'] as const) {
    const taken = inner[option] ? [...outer[option] ?? []].filter(type => !inner[option]!.has(type)) : [];
    if (taken.length > 0) { found.push({ option, what: `it takes ${taken.join(', ')} out of '${option}'` }); }
  }
  for (const option of ['httpPutResponseHopLimit', 'maxHttpPutResponseHopLimit'] as const) {
    const [from, to] = [outer.settings[option], inner.settings[option]];
    if (from !== undefined && to !== undefined && to > from) { found.push({ option, what: `it raises '${option}' from ${from} to ${to}` }); }
  }
  const endpoint = inner.settings.httpEndpoint;
  if (outer.settings.httpEndpoint === false && endpoint !== undefined && endpoint !== false) {
    found.push({ option: 'httpEndpoint', what: 'it leaves the endpoint on where it is switched off' });
  }
  return found;
}

/** The call without the options in which it is weaker. */
export function withoutWeaker<T extends Strength>(inner: T, weaker: readonly Weakness[]): T {
  const isLeft = ([option]: [string, unknown]): boolean => !weaker.some(each => each.option === option);
  const left = Object.fromEntries(Object.entries(inner).filter(isLeft)) as unknown as T;
  return { ...left, settings: Object.fromEntries(Object.entries(inner.settings).filter(isLeft)) };
}
