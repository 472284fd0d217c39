import { Aspects, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RequireImdsv2Props } from './require-imdsv2-props';
import { checkSettings, described, Settings } from '../engine/surfaces/settings';
import { LAUNCH_SURFACES } from '../engine/surfaces/surfaces';

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
    throw new Error(`'${name}' takes these CloudFormation types: ${[...known].join(', ')}; got ${described(wrong)}`);
  }
  return types && new Set(types);
}

/** Where a construct, or an aspect, carries the choice for its scope. Global, so that two copies of this library agree. */
const CHOICE = Symbol.for('cdk-imds-guard.choice');

export function setScopeSettings(holder: object, choice: ScopeSettings | undefined): void {
  Object.defineProperty(holder, CHOICE, { value: choice, enumerable: false, configurable: true, writable: true });
  revision++;
}

/** Grows with every choice that is made, since a choice looked up before may be another now. */
let revision = 0;

/** The choice that an aspect, a mixin or a scope carries itself. */
export function ownScopeSettings(holder: object): ScopeSettings | undefined {
  return (holder as { [CHOICE]?: ScopeSettings })[CHOICE];
}

/** Choices that were looked up already, by stack: many resources share one. */
export type KnownScopeSettings = Map<IConstruct, { readonly choice: ScopeSettings | undefined; readonly revision: number }>;

/** The choice for a resource. Each option is decided by the innermost scope that has it; in one scope, by `ImdsGuard`, then by an aspect added later. */
export function scopeSettingsForResource(resource: CfnResource, known: KnownScopeSettings): ScopeSettings | undefined {
  const { stack } = resource;
  for (let scope: IConstruct = resource; scope !== stack; scope = scope.node.scope!) {
    if (choiceAt(scope)) { return scopeSettingsFor(resource); }
  }
  const found = known.get(stack);
  if (found?.revision === revision) { return found.choice; }
  const choice = scopeSettingsFor(stack);
  known.set(stack, { choice, revision });
  return choice;
}

/** The choice for any construct. */
export function scopeSettingsFor(construct: IConstruct): ScopeSettings | undefined {
  const { scope } = construct.node;
  return merged([scope && scopeSettingsFor(scope), choiceAt(construct)]);
}

/** What was chosen at one scope: its own choice decides, and leaves the options that it lacks to the aspects there, as to a scope around it. */
function choiceAt(scope: IConstruct): ScopeSettings | undefined {
  return merged([...Aspects.of(scope).all, scope].map(ownScopeSettings));
}

/** Of several choices the last one that has an option decides it. */
function merged(choices: readonly (ScopeSettings | undefined)[]): ScopeSettings | undefined {
  return choices.reduce((outer, inner) => inner && outer ? merge(outer, inner) : inner ?? outer, undefined);
}

function merge(outer: ScopeSettings, inner: ScopeSettings): ScopeSettings {
  return { ...outer, ...defined(inner), settings: { ...outer.settings, ...defined(inner.settings) } };
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
