import { Deployed, Refused, resourcesOf, Stack, valueOf } from './deployed';
import { isObject, JsonObject } from '../../src/engine/json/json';

/** Whether instances answer version 1, as far as a launch tells: one for each way in which a resource launches them. */
export function launchesOf(resource: JsonObject, stack: Stack, all: Deployed): boolean[] {
  const properties = valueOf(resource.Properties ?? {}, stack, all) as any;
  const follow = (specification: any, id = 'LaunchTemplateId', name = 'LaunchTemplateName'): JsonObject => {
    const data = madeBy(TEMPLATE, specification?.[id], specification?.[name], all)?.LaunchTemplateData as any;
    return specification?.Version === '$Latest' ? optionsOf(data) : {}; // nothing is known to be in an old version
  };
  switch (resource.Type) {
    case 'AWS::EC2::Instance': return [answers({ ...follow(properties.LaunchTemplate), ...properties.MetadataOptions })];
    case TEMPLATE: return [answers(optionsOf(properties.LaunchTemplateData))];
    case CONFIGURATION: return [answers(optionsOf(properties))];
    case 'AWS::AutoScaling::AutoScalingGroup': {
      const { LaunchTemplate: template, MixedInstancesPolicy: mixed, LaunchConfigurationName: configuration } = properties;
      if ([template, mixed, configuration].filter(each => each !== undefined).length !== 1) { throw new Refused('one of them'); }
      if (configuration !== undefined) { return [answers(optionsOf(madeBy(CONFIGURATION, configuration, undefined, all)))]; }
      const specifications = mixed ? [mixed.LaunchTemplate.LaunchTemplateSpecification, ...overridesOf(mixed.LaunchTemplate)] : [template];
      return specifications.map(each => answers(follow(each)));
    }
    case 'AWS::EC2::EC2Fleet':
      return properties.LaunchTemplateConfigs.flatMap((config: any) => (
        [{}, ...config.Overrides ?? []].map(each => answers({ ...follow(config.LaunchTemplateSpecification), ...each.MetadataOptions }))
      ));
    case 'AWS::EKS::Nodegroup': return [answers(follow(properties.LaunchTemplate, 'Id', 'Name'))];
    case 'AWS::Batch::ComputeEnvironment': {
      const { Type: type, LaunchTemplate: template } = properties.ComputeResources;
      return type === 'FARGATE' ? [] : [template, ...template?.Overrides ?? []].map(each => answers(follow(each)));
    }
    case BEANSTALK: case 'AWS::ElasticBeanstalk::ConfigurationTemplate': {
      const own = optionIn(properties);
      return [(own ?? optionIn(madeBy('AWS::ElasticBeanstalk::ConfigurationTemplate', properties.TemplateName, undefined, all))) !== 'true'];
    }
    case 'AWS::EMR::SecurityConfiguration': return [!isSecure(properties)];
    case 'AWS::EMR::Cluster': return [!isSecure(madeBy('AWS::EMR::SecurityConfiguration', properties.SecurityConfiguration, undefined, all))];
    default: return [];
  }
}

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
const BEANSTALK = 'AWS::ElasticBeanstalk::Environment';

function overridesOf({ Overrides: overrides = [] }: { Overrides?: { LaunchTemplateSpecification?: unknown }[] }): unknown[] {
  return overrides.flatMap(each => each.LaunchTemplateSpecification ?? []);
}

function answers({ HttpEndpoint, HttpTokens }: JsonObject): boolean {
  return HttpEndpoint !== 'disabled' && HttpTokens !== 'required';
}

function optionsOf(data: JsonObject | undefined): JsonObject {
  return (data?.MetadataOptions ?? {}) as JsonObject;
}

function optionIn(properties: JsonObject | undefined): unknown {
  return (properties?.OptionSettings as JsonObject[] | undefined)?.filter(each => each.OptionName === 'DisableIMDSv1' && each.Namespace === 'aws:autoscaling:launchconfiguration').at(-1)?.Value;
}

function isSecure(properties: JsonObject | undefined): boolean {
  const configuration = properties?.SecurityConfiguration;
  const read = typeof configuration === 'string' ? JSON.parse(configuration) : configuration;
  return Number(read?.InstanceMetadataServiceConfiguration?.MinimumInstanceMetadataServiceVersion) === 2;
}

/** The properties of the resource with an id or a name; undefined where it is elsewhere. */
function madeBy(type: string, id: unknown, name: unknown, all: Deployed): JsonObject | undefined {
  if (id !== undefined && name !== undefined) { throw new Refused('an id and a name'); }
  for (const stack of all.stacks) {
    for (const [logicalId, resource] of resourcesOf(stack, all)) {
      if (resource.Type !== type) { continue; }
      const isMeant = name === undefined ? id === `${stack.name}/${logicalId}` : nameOf(resource, stack, all) === name;
      if (isMeant) { return valueOf(resource.Properties ?? {}, stack, all) as JsonObject; }
    }
  }
  return undefined;
}

function nameOf({ Properties: properties }: JsonObject, stack: Stack, all: Deployed): unknown {
  return isObject(properties) ? valueOf(properties.LaunchTemplateName, stack, all) : undefined;
}
