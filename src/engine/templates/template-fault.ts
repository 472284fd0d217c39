import { isOfModules } from './modules';
import { Path } from '../evaluator/expressions-at';
import { intrinsicOf, isObject, JsonObject } from '../json/json';
import { quoted } from '../text/quoted';

/** Why something is no template, or none that can be judged. */
export interface TemplateFault {
  readonly message: string;
  readonly path: Path;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const SECTIONS = [
  'AWSTemplateFormatVersion', 'Conditions', 'Description', 'Fn::Transform', 'Hooks', 'Mappings', 'Metadata', 'Outputs', 'Parameters', 'Resources',
  'Rules', 'Transform',
];

/** What keeps a parsed file from being judged as a template. */
export function templateFault(value: unknown): TemplateFault | undefined {
  if (!isObject(value)) { return { message: `no CloudFormation template: a map with 'Resources' was expected, got ${kindOf(value)}`, path: [] }; }
  if (!SECTIONS.some(name => Object.hasOwn(value, name)) && !isOfModules(value)) {
    return { message: 'no CloudFormation template: it has none of the sections of one, such as \'Resources\'', path: [] };
  }
  if (!Object.hasOwn(value, 'Resources')) { return undefined; }
  const { Resources: resources } = value;
  return isObject(resources) ? undefined : { message: `'Resources' must be a map from logical ids to resources, got ${kindOf(resources)}`, path: ['Resources'] };
}

/** What keeps resources of a template from being judged, by logical id. The others can be. */
export function resourceFaults(template: JsonObject): ReadonlyMap<string, TemplateFault> {
  const faults = new Map<string, TemplateFault>();
  if (!isObject(template.Resources)) { return faults; }
  for (const logicalId of Object.keys(template.Resources)) {
    const fault = logicalId.startsWith('Fn::') ? undefined : resourceFault(template.Resources[logicalId], logicalId, template);
    if (fault) { faults.set(logicalId, fault); }
  }
  return faults;
}

/** A template in which nothing is known of some resources but that they are there. */
export function withoutContents(template: JsonObject, logicalIds: ReadonlyMap<string, unknown>): JsonObject {
  const resources = Object.entries(template.Resources as JsonObject).map(([id, each]) => [id, logicalIds.has(id) ? {} : each] as const);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function resourceFault(resource: unknown, logicalId: string, template: JsonObject): TemplateFault | undefined {
  if (isObject(resource) && typeof resource.Type === 'string') { return undefined; }
  const path = ['Resources', logicalId];
  const directive = rainDirective(resource) ?? (isObject(resource) ? rainDirective(resource.Type) : undefined);
  if (directive !== undefined) { return { message: `resource ${quoted(logicalId)} is not written out: ${directive} is for \`rain pkg\`; check what that writes`, path }; }
  if (!isObject(resource)) { return { message: `resource ${quoted(logicalId)} must be a map with a 'Type', got ${kindOf(resource)}`, path }; }
  const { Type: type } = resource;
  if (type === undefined && mayGetType(resource, template)) { return undefined; }
  return type === undefined
    ? { message: `resource ${quoted(logicalId)} has no 'Type'; give it one`, path }
    : { message: `the 'Type' of resource ${quoted(logicalId)} must be text, got ${kindOf(type)}`, path: [...path, 'Type'] };
}

/** @see https://github.com/aws-cloudformation/rain/blob/main/README.md#pkg */
function rainDirective(value: unknown): string | undefined {
  const { name } = intrinsicOf(value) ?? {};
  return name !== undefined && /^(Fn::)?Rain::/.test(name) ? name.replace(/^(Fn::)?/, '!') : undefined;
}

/** An include in the resource, or a macro over the template, may bring it. */
function mayGetType(resource: JsonObject, template: JsonObject): boolean {
  return Object.hasOwn(resource, 'Fn::Transform') || Object.hasOwn(template, 'Transform') || Object.hasOwn(template, 'Fn::Transform');
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) { return 'nothing'; }
  if (Array.isArray(value)) { return 'a list'; }
  return { object: 'a map', string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as 'object'] ?? typeof value;
}
