/* eslint-disable @stylistic/max-len */ // a case a line
import { isObject, JsonObject } from '../../src/engine/json/json';

/** What a deployment chooses: parameters, what is imported and the conditions that nothing defines. */
export interface Deployment {
  readonly Env: string;
  readonly Other: boolean;
  readonly AnyTokens: string;
  readonly EitherTokens: string;
}

/** Every deployment that matters: what is chosen elsewhere is chosen badly. */
export const DEPLOYMENTS: readonly Deployment[] = ['prod', 'dev', 'test'].flatMap(Env => [true, false].flatMap(Other => (
  ['required', 'optional', 'enabled', 'disabled'].flatMap(AnyTokens => ['required', 'optional'].map(EitherTokens => ({ Env, Other, AnyTokens, EitherTokens })))
)));

/** Whether instances with these options answer version 1. */
export function answersVersion1({ HttpEndpoint, HttpTokens }: JsonObject): boolean {
  return HttpEndpoint !== 'disabled' && HttpTokens !== 'required';
}

/** Whether tokens may travel further than this, as far as the options tell. */
export function mayExceed({ HttpEndpoint, HttpPutResponseHopLimit: hops }: JsonObject, max: number): boolean {
  return HttpEndpoint !== 'disabled' && !(Number(hops) >= 1 && Number(hops) <= max);
}

/**
 * The options of the instances that a resource launches in one deployment, by EC2's precedence. Empty where it launches none.
 *
 * Written for the tests alone, without anything of the engine: every expression is replaced by its value.
 */
export function optionsOf(resources: JsonObject, logicalId: string, deployment: Deployment): JsonObject[] {
  const made = Object.fromEntries(Object.entries(resources).filter(([, each]) => isMade(each as JsonObject, deployment)));
  const resource = made[logicalId] as JsonObject | undefined;
  if (!resource) { return []; }
  const { MetadataOptions, LaunchTemplate, LaunchTemplateConfigs } = resolve(resource.Properties, deployment) as JsonObject;
  const launched = (own: unknown, specification: unknown): JsonObject[] => (
    // Options win one by one. Nothing is known to be in a template elsewhere.
    (specification === undefined ? [{}] : templatesOf(specification, made, deployment) ?? [{}]).map(below => ({ ...below, ...own as JsonObject | undefined }))
  );
  switch (resource.Type) {
    case 'AWS::EC2::Instance': return launched(MetadataOptions, LaunchTemplate);
    case 'AWS::AutoScaling::AutoScalingGroup': return LaunchTemplate === undefined ? [] : launched(undefined, LaunchTemplate);
    default: return (LaunchTemplateConfigs as JsonObject[] | undefined ?? []).flatMap(config => (
      [{}, ...config.Overrides as JsonObject[] ?? []].flatMap(override => launched(override.MetadataOptions, config.LaunchTemplateSpecification ?? {}))
    ));
  }
}

/** The options of the templates that are meant; undefined where they are elsewhere. A stack that names one that is not made is not deployed. */
function templatesOf(specification: unknown, made: JsonObject, deployment: Deployment): JsonObject[] | undefined {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } = specification as JsonObject;
  const all = Object.entries(made).filter(([, each]) => (each as JsonObject).Type === 'AWS::EC2::LaunchTemplate')
    .map(([logicalId, each]) => ({ logicalId, properties: resolve((each as JsonObject).Properties, deployment) as JsonObject }));
  const options = ({ properties }: typeof all[number]): JsonObject => ((properties.LaunchTemplateData as JsonObject).MetadataOptions ?? {}) as JsonObject;
  const byId = isObject(id) ? all.filter(({ logicalId }) => logicalId === id.made).map(options) : id === undefined ? [] : undefined;
  const named = all.filter(each => each.properties.LaunchTemplateName === name).map(options);
  const byName = name === undefined ? [] : named.length > 0 ? named : undefined;
  if (!byId || !byName) { return undefined; }
  if (id === undefined && name === undefined) { return [{}]; }
  return version === '$Latest' ? [...byId, ...byName] : [...byId, ...byName].map(() => ({})); // nothing is known to be in an old version
}

function isMade({ Condition: condition }: JsonObject, deployment: Deployment): boolean {
  return condition === undefined || holds(condition, deployment);
}

function holds(condition: unknown, { Env, Other }: Deployment): boolean {
  return { IsProd: Env === 'prod', IsDev: Env === 'dev', Other }[condition as 'Other'];
}

/** The value of an expression; undefined where it is absent, `made` for a resource. */
function resolve(value: unknown, deployment: Deployment): unknown {
  if (Array.isArray(value)) { return value.map(each => resolve(each, deployment)).filter(each => each !== undefined); }
  if (typeof value === 'string') { return value.startsWith('{{') ? 'optional' : value; }
  if (!isObject(value)) { return value; }
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  const values: { [name: string]: unknown } = { ...deployment, 'SafeTokens': 'required', 'WeakTokens': 'optional', 'AWS::NoValue': undefined };
  switch (name) {
    case 'Ref': return Object.hasOwn(values, argument as string) ? values[argument as string] : { made: argument };
    case 'Fn::If': return resolve((argument as unknown[])[holds((argument as unknown[])[0], deployment) ? 1 : 2], deployment);
    case 'Fn::Sub': return (argument as string).replace('${SafeTokens}', 'required').replace('${AWS::StackName}', 'stack');
    case 'Fn::FindInMap': return 'required';
    case 'Fn::ImportValue': return 'optional';
    default: return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, deployment)]).filter(([, each]) => each !== undefined));
  }
}
