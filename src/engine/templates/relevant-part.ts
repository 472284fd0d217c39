import { MODULE_SECTIONS } from './modules';
import { namesIn } from './names-in';
import { isPolicyAboutImds } from './policy-holders';
import { isRelevantType } from './relevant-types';
import { sharedNames } from './shared-names';
import { isObject, JsonObject } from '../json/json';
import { CFN_INIT } from '../surfaces/script-places';

const SECTIONS = [
  'AWSTemplateFormatVersion', 'Conditions', 'Fn::Transform', 'Mappings', 'Outputs', 'Parameters', 'Rules', 'Transform', ...MODULE_SECTIONS,
];

export interface RelevantPart {
  readonly template: JsonObject;

  /** The resources that are whole in it, by logical id. */
  readonly resources: ReadonlyMap<string, JsonObject>;
}

/**
 * The part of a template that judging needs, so that the rest need not stay in memory.
 *
 * Of other resources, the type of those stays that the part refers to.
 *
 * @param imports whether something of other stacks is in it, by `Fn::ImportValue` or `Fn::GetStackOutput`
 */
export function relevantPart(template: JsonObject, imports = false): RelevantPart {
  const resources = new Map<string, JsonObject>();
  const part = pick(template, (name, section) => {
    if (name === 'Resources') { return isObject(section) ? pick(section, (id, resource) => relevantResource(id, resource, resources)) : section; }
    if (name === 'Metadata' && isObject(section)) { return pick(section, (key, value) => isAboutExemptions(key) ? value : undefined); }
    return SECTIONS.includes(name) ? section : undefined;
  });
  if (isObject(part.Resources) && isObject(template.Resources)) {
    addTypes(part.Resources, template.Resources, [...Object.values(part.Resources), part.Outputs]);
    addUsers(part.Resources, template.Resources, sharedNames(resources, part), imports);
  }
  return { template: part, resources };
}

function relevantResource(logicalId: string, resource: unknown, found: Map<string, JsonObject>): unknown {
  if (logicalId.startsWith('Fn::') || !isObject(resource)) { return resource; }
  if (!isRelevant(resource)) { return undefined; }
  found.set(logicalId, resource);
  return resource;
}

/** Adds of each resource that is named, and not there, its type. */
function addTypes(to: JsonObject, from: JsonObject, naming: readonly unknown[]): void {
  const names = new Set<string>();
  const add = (name: string): void => void names.add(name);
  namesIn(naming, { name: add, version: add });
  for (const name of names) {
    const resource = Object.hasOwn(from, name) && !Object.hasOwn(to, name) ? from[name] : undefined;
    if (isObject(resource)) { put(to, name, { Type: resource.Type }); }
  }
}

/** Adds whole what names one of these, or takes something from another stack: who else uses a launch template decides whether it matters what that says. */
function addUsers(to: JsonObject, from: JsonObject, names: ReadonlySet<string>, imports: boolean): void {
  if (names.size === 0 && !imports) { return; }
  for (const id of Object.keys(from)) {
    let isUser = false;
    const use = (): void => { isUser = true; };
    namesIn(from[id], { name: name => { isUser ||= names.has(name); }, imported: use, read: use });
    if (isUser) { put(to, id, from[id]); }
  }
}

/** Whether a resource launches instances or says how, brings others that may, has scripts or a policy about IMDS, or carries an exemption. */
function isRelevant(resource: JsonObject): boolean {
  const { Type: type, Metadata: metadata } = resource;
  if (typeof type !== 'string' || isRelevantType(type) || isPolicyAboutImds(resource)) { return true; }
  if (!isObject(metadata)) { return false; }
  for (const key in metadata) {
    if (isAboutExemptions(key) || key === CFN_INIT || (key === 'cdk_nag' && /imds/i.test(JSON.stringify(metadata[key])))) { return true; }
  }
  return false;
}

/** Exemptions and acknowledgements in metadata, as this library and CDK spell them. */
function isAboutExemptions(key: string): boolean {
  return key.startsWith('cdk-imds-guard') || key === 'aws:cdk:acknowledged-rules';
}

/** Own keys only, `__proto__` among them. */
function pick(from: JsonObject, choose: (key: string, value: unknown) => unknown): JsonObject {
  const picked: JsonObject = {};
  for (const key of Object.keys(from)) {
    const value = choose(key, from[key]);
    if (value !== undefined) { put(picked, key, value); }
  }
  return picked;
}

function put(to: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(to, key, { value, configurable: true, enumerable: true, writable: true });
  } else {
    to[key] = value;
  }
}
