import { isObject, Resource } from './template';

/** Where CloudFormation's types keep their IMDS settings; a list of its own, to be a witness that is not the library. */
const BLOCKS = ['MetadataOptions', 'InstanceMetadataOptions', 'InstanceMetadataServiceConfiguration'];

/** The IMDS settings of a resource in a few words. */
export function describeSettings(resource: Resource | undefined): string {
  const descriptions = blocksIn(resource?.Properties).map(describe);
  return descriptions.length > 0 ? descriptions.join('; ') : 'not set';
}

/** The option of Elastic Beanstalk, in a list of options. */
const OPTION = 'DisableIMDSv1';

/** The same value without the IMDS settings in it. */
export function withoutSettings(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(each => !isOption(each)).map(withoutSettings);
  if (!isObject(value)) return value;
  const others = Object.entries(value).filter(([key, child]) => !BLOCKS.includes(key) && !isListOfOption(child));
  return Object.fromEntries(others.map(([key, child]) => [key, withoutSettings(child)]));
}

function isOption(value: unknown): boolean {
  return isObject(value) && value.OptionName === OPTION;
}

function isListOfOption(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isOption);
}

function blocksIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(blocksIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => BLOCKS.includes(key) ? [child] : blocksIn(child));
}

function describe(block: unknown): string {
  if (!isObject(block)) return String(block);
  if (Array.isArray(block['Fn::If'])) return [...new Set(block['Fn::If'].slice(1).map(describe))].join(' | ');
  if (block.Ref === 'AWS::NoValue') return 'not set';

  const { HttpTokens, HttpPutResponseHopLimit, HttpEndpoint, MinimumInstanceMetadataServiceVersion } = block;
  return [
    MinimumInstanceMetadataServiceVersion && `version ${text(MinimumInstanceMetadataServiceVersion)}`,
    HttpTokens && text(HttpTokens),
    HttpPutResponseHopLimit && `hop ${text(HttpPutResponseHopLimit)}`,
    HttpEndpoint && HttpEndpoint !== 'enabled' && `endpoint ${text(HttpEndpoint)}`,
  ].filter(Boolean).join(', ') || 'not set';
}

function text(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
