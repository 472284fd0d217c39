import { isObject, JsonObject } from '../../src/private/json';

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

/**
 * Whether a resource launches instances that answer version 1, in one deployment.
 *
 * Written for the tests alone, without anything of the engine: every expression is replaced by its value, and EC2's precedence is applied to what is left.
 */
export function answersVersion1(resources: JsonObject, logicalId: string, deployment: Deployment): boolean {
  const made = Object.fromEntries(Object.entries(resources).filter(([, each]) => isMade(each as JsonObject, deployment)));
  const resource = made[logicalId] as JsonObject | undefined;
  if (!resource) { return false; }
  const properties = resolve(resource.Properties, deployment) as JsonObject;
  const templates = (specification: unknown): JsonObject[] | undefined => templatesOf(specification, made, deployment);
  const isWeak = (options: unknown, specification: unknown): boolean => {
    if (specification === undefined) { return answers(options, {}); }
    return templates(specification)?.some(each => answers(options, each)) ?? !isClosed(options);
  };
  switch (resource.Type) {
    case 'AWS::EC2::Instance': return isWeak(properties.MetadataOptions, properties.LaunchTemplate);
    case 'AWS::AutoScaling::AutoScalingGroup': return properties.LaunchTemplate !== undefined && isWeak(undefined, properties.LaunchTemplate);
    default: return (properties.LaunchTemplateConfigs as JsonObject[] | undefined ?? []).some(config => (
      [{}, ...config.Overrides as JsonObject[] ?? []].some(override => isWeak(override.MetadataOptions, config.LaunchTemplateSpecification ?? {}))
    ));
  }
}

/** Options win one by one. */
function answers(own: unknown, below: JsonObject): boolean {
  const { HttpEndpoint, HttpTokens } = { ...below, ...own as JsonObject | undefined };
  return HttpEndpoint !== 'disabled' && HttpTokens !== 'required';
}

/** Whatever is below. */
function isClosed(own: unknown): boolean {
  return isObject(own) && (own.HttpEndpoint === 'disabled' || own.HttpTokens === 'required');
}

/** The options of the templates that are meant; undefined where they are elsewhere. A stack that names one that is not made is not deployed. */
function templatesOf(specification: unknown, made: JsonObject, deployment: Deployment): JsonObject[] | undefined {
  const { LaunchTemplateId: id, LaunchTemplateName: name } = specification as JsonObject;
  const all = Object.entries(made).filter(([, each]) => (each as JsonObject).Type === 'AWS::EC2::LaunchTemplate')
    .map(([logicalId, each]) => ({ logicalId, properties: resolve((each as JsonObject).Properties, deployment) as JsonObject }));
  const options = ({ properties }: typeof all[number]): JsonObject => ((properties.LaunchTemplateData as JsonObject).MetadataOptions ?? {}) as JsonObject;
  const byId = isObject(id) ? all.filter(({ logicalId }) => logicalId === id.made).map(options) : id === undefined ? [] : undefined;
  const named = all.filter(each => each.properties.LaunchTemplateName === name).map(options);
  const byName = name === undefined ? [] : named.length > 0 ? named : undefined;
  if (!byId || !byName) { return undefined; }
  return id === undefined && name === undefined ? [{}] : [...byId, ...byName];
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
