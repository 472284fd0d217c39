import { Mode, RecordedSettings } from './guard-record';
import { Settings } from '../surfaces/settings';

/** What a call asks for, or what holds around it. */
export interface Strength {
  readonly mode?: Mode;
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

/** The call with what holds around it in place of the options in which it is weaker. */
export function withoutWeaker<T extends Strength>(inner: T, weaker: readonly Weakness[], outer: Strength): T {
  const kept = <S extends object>(own: S, around: object): S => Object.fromEntries(Object.entries(own).map(([option, value]) => [
    option, weaker.some(each => each.option === option) ? (around as { [option: string]: unknown })[option] : value,
  ])) as S;
  return { ...kept(inner, outer), settings: kept(inner.settings, outer.settings) };
}

/** What is asked for, or what held: what is absent is not asked for, or was not held. */
export interface Guarding {
  readonly mode?: Mode;
  readonly settings?: RecordedSettings;
}

/** In what the guard was weaker than asked, a phrase for each option; none where it was as strict or stricter. */
export function weakerThan(asked: Guarding, recorded: Guarding): string[] {
  const { settings: wanted = {} } = asked;
  const { settings: held = {} } = recorded;
  const strength = withAbsent(strengthOf(recorded));
  const compared = wanted.excludeResourceTypes ? strength : { ...strength, excludeResourceTypes: undefined };
  return weakerIn(compared, strengthOf(asked)).map(({ option }) => {
    switch (option) {
      case 'mode': return 'it was observed where enforcing is asked for';
      case 'excludeResourceTypes': return `'${option}' held ${others(held[option], wanted[option])}`;
      case 'attachLaunchTemplate': case 'includeResourceTypes': return `'${option}' lacked ${others(wanted[option], held[option])}`;
      case 'httpEndpoint': return 'the endpoint was left on where it is to be switched off';
      case 'httpPutResponseHopLimit': case 'maxHttpPutResponseHopLimit':
        return `'${option}' was ${held[option] ?? 'not set'} where ${wanted[option]} is asked for`;
      default: return `'${String(option)}' was weaker`;
    }
  });
}

function strengthOf({ mode, settings = {} }: Guarding): Strength {
  const { excludeResourceTypes, attachLaunchTemplate, includeResourceTypes, ...rest } = settings;
  const set = (types?: readonly string[]): ReadonlySet<string> | undefined => types && new Set(types);
  return {
    mode,
    settings: rest,
    excludeResourceTypes: set(excludeResourceTypes),
    attachLaunchTemplate: set(attachLaunchTemplate),
    includeResourceTypes: set(includeResourceTypes),
  };
}

/** The weakest in place of what is absent. A limit that is written everywhere is the highest that there is. */
function withAbsent({ mode = 'observe', settings, ...types }: Strength): Strength {
  const { httpPutResponseHopLimit = Infinity, maxHttpPutResponseHopLimit = httpPutResponseHopLimit, httpEndpoint = true } = settings;
  const none: ReadonlySet<string> = new Set();
  return {
    mode,
    settings: { httpPutResponseHopLimit, maxHttpPutResponseHopLimit, httpEndpoint },
    excludeResourceTypes: types.excludeResourceTypes,
    attachLaunchTemplate: types.attachLaunchTemplate ?? none,
    includeResourceTypes: types.includeResourceTypes ?? none,
  };
}

function others(types: readonly string[] = [], than: readonly string[] = []): string {
  return types.filter(type => !than.includes(type)).join(', ');
}
