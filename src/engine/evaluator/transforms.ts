import { isObject, JsonObject } from '../json/json';

/**
 * Transforms of AWS that leave resources which launch instances as they are, or that are followed here.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
 */
const HARMLESS = [
  'AWS::CodeDeployBlueGreen', 'AWS::LanguageExtensions', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16', 'AWS::Serverless-2016-10-31',
];

/** The names of a template's transforms, in either form that its top can have. */
export function transformsOf(template: unknown): string[] {
  const transforms = isObject(template)
    ? ['Transform', 'Fn::Transform'].flatMap(name => Object.hasOwn(template, name) ? template[name] : []) : [];
  return transforms.filter(each => each !== undefined && each !== null)
    .map(each => isObject(each) ? each.Name : each)
    .map(name => typeof name === 'string' ? name : 'a macro whose name is not a text');
}

/** The macros and includes that may change any resource of a template. */
export function macrosOf(template: unknown): string[] {
  return transformsOf(template).filter(name => !HARMLESS.includes(name));
}

/** The include or loop in an object, beside other keys too: what it makes is merged with them. */
export function macroIn(value: JsonObject): string | undefined {
  return Object.keys(value).find(key => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::'));
}
