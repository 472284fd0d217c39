import { RequireImdsv2Props } from './require-imdsv2-props';
import { checkSettings, described, Settings } from '../engine/surfaces/settings';
import { LAUNCH_SURFACES } from '../engine/surfaces/surfaces';
import { nearest } from '../engine/text/did-you-mean';

/** What somebody chose for a scope, checked. What is undefined is left to the scope around it. */
export interface ScopeSettings {
  readonly settings: Settings;
  readonly allowReplacement?: ReadonlySet<string>;
  readonly attachLaunchTemplate?: ReadonlySet<string>;
  readonly includeResourceTypes?: ReadonlySet<string>;
  readonly excludeResourceTypes?: ReadonlySet<string>;
}

const TYPES = new Set(LAUNCH_SURFACES.map(({ type }) => type));
const ATTACHABLE = new Set(LAUNCH_SURFACES.filter(({ attach }) => attach).map(({ type }) => type));
const OPT_IN = new Set(LAUNCH_SURFACES.filter(({ optIn }) => optIn).map(({ type }) => type));

/** Throws on a value out of range and on a resource type that the list cannot hold. */
export function scopeSettingsOf(props: RequireImdsv2Props): ScopeSettings {
  const { httpPutResponseHopLimit, maxHttpPutResponseHopLimit, httpEndpoint } = props;
  const settings = { httpPutResponseHopLimit, maxHttpPutResponseHopLimit, httpEndpoint };
  checkSettings(settings);
  return {
    settings,
    allowReplacement: typeSet('allowReplacement', props.allowReplacement, TYPES),
    attachLaunchTemplate: typeSet('attachLaunchTemplate', props.attachLaunchTemplate, ATTACHABLE),
    includeResourceTypes: typeSet('includeResourceTypes', props.includeResourceTypes, OPT_IN),
    excludeResourceTypes: typeSet('excludeResourceTypes', props.excludeResourceTypes, TYPES),
  };
}

function typeSet(name: string, types: readonly string[] | undefined, known: ReadonlySet<string>): ReadonlySet<string> | undefined {
  if (types !== undefined && types !== null && !Array.isArray(types)) { // plain JavaScript
    throw new TypeError(`'${name}' must be a list of CloudFormation types, got ${described(types)}`);
  }
  const wrong = types?.find(type => !known.has(type));
  if (wrong !== undefined) {
    const meant = typeof wrong === 'string' && !TYPES.has(wrong) ? nearest(wrong, [...known]) : undefined;
    if (meant !== undefined) { throw new Error(`'${name}' does not take ${described(wrong)}; did you mean ${meant}?`); }
    throw new Error(`'${name}' takes these CloudFormation types: ${[...known].join(', ')}; got ${described(wrong)}`);
  }
  return types && new Set(types);
}

/** Of several choices the last one that has an option decides it. */
export function merged(choices: readonly (ScopeSettings | undefined)[]): ScopeSettings | undefined {
  return choices.reduce((outer, inner) => inner && outer ? merge(outer, inner) : inner ?? outer, undefined);
}

function merge(outer: ScopeSettings, inner: ScopeSettings): ScopeSettings {
  return { ...outer, ...defined(inner), settings: { ...outer.settings, ...defined(inner.settings) } };
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
