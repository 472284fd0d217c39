import { Path } from '../evaluator/expressions-at';
import { isObject, JsonObject } from '../json/json';
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
  if (!SECTIONS.some(name => Object.hasOwn(value, name))) {
    return { message: 'no CloudFormation template: it has none of the sections of one, such as \'Resources\'', path: [] };
  }
  if (!Object.hasOwn(value, 'Resources')) { return undefined; }
  const { Resources: resources } = value;
  if (!isObject(resources)) {
    return { message: `'Resources' must be a map from logical ids to resources, got ${kindOf(resources)}`, path: ['Resources'] };
  }
  for (const logicalId in resources) {
    const fault = logicalId.startsWith('Fn::') ? undefined : resourceFault(resources[logicalId], logicalId, value);
    if (fault) { return fault; }
  }
  return undefined;
}

function resourceFault(resource: unknown, logicalId: string, template: JsonObject): TemplateFault | undefined {
  const path = ['Resources', logicalId];
  if (!isObject(resource)) { return { message: `resource ${quoted(logicalId)} must be a map with a 'Type', got ${kindOf(resource)}`, path }; }
  const { Type: type } = resource;
  if (typeof type === 'string' || (type === undefined && mayGetType(resource, template))) { return undefined; }
  return type === undefined
    ? { message: `resource ${quoted(logicalId)} has no 'Type'; give it one`, path }
    : { message: `the 'Type' of resource ${quoted(logicalId)} must be text, got ${kindOf(type)}`, path: [...path, 'Type'] };
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
