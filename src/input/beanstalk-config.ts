import { isObject, JsonObject } from '../engine/json/json';
import { CFN_INIT } from '../engine/surfaces/script-places';

const NAME = /(?:^|[\\/])\.ebextensions[\\/][^\\/]+\.config$/i;
const NAMESPACE = 'aws:autoscaling:launchconfiguration';
const OPTION = 'DisableIMDSv1';

/**
 * What is done on the instances, by the key that cfn-init has for it.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/customize-containers-ec2.html
 */
const ON_INSTANCES: { readonly [key: string]: string } = { commands: 'commands', container_commands: 'commands', files: 'files' };

/**
 * Whether a file is a configuration file of Elastic Beanstalk, which an application brings along.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html
 */
export function isBeanstalkConfig(file: string): boolean {
  return NAME.test(file);
}

/**
 * The template that a configuration file comes to: its own resources, and its options where they say something about IMDS.
 *
 * What the environment or a saved configuration says wins over the file, so silence in it means nothing.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options.html
 */
export function beanstalkTemplate(config: JsonObject): JsonObject {
  const { Resources: resources, option_settings: settings, ...others } = config;
  const values = valuesOf(settings);
  const sections = Object.fromEntries(Object.entries(others).filter(([name]) => /^(Conditions|Mappings|Outputs|Parameters)$/.test(name)));
  return {
    ...sections,
    Resources: {
      ...isObject(resources) ? Object.fromEntries(Object.entries(resources).filter(([id, resource]) => isWhole(id, resource))) : {},
      ...values.length > 0 && { option_settings: asResource(values) },
      ...Object.fromEntries(Object.keys(ON_INSTANCES).filter(key => isObject(config[key])).map(key => [key, onInstances(key, config[key])])),
    },
  };
}

function asResource(values: readonly unknown[]): JsonObject {
  const OptionSettings = values.map(value => ({ Namespace: NAMESPACE, OptionName: OPTION, Value: expressionOf(value) }));
  return { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { OptionSettings } };
}

/** The file is a part of an application version. */
function onInstances(key: string, value: unknown): JsonObject {
  return { Type: 'AWS::ElasticBeanstalk::ApplicationVersion', Metadata: { [CFN_INIT]: { config: { [ON_INSTANCES[key]]: value } } } };
}

/** Options are a list, or a map of namespaces. */
function valuesOf(settings: unknown): unknown[] {
  if (isObject(settings)) {
    const options = settings[NAMESPACE];
    return isObject(options) && Object.hasOwn(options, OPTION) ? [options[OPTION]] : [];
  }
  const list = Array.isArray(settings) ? settings : [];
  return list.filter(each => isObject(each) && each.namespace === NAMESPACE && each.option_name === OPTION).map(each => (each as JsonObject).value);
}

/** A function stands as JSON between backticks. */
function expressionOf(value: unknown): unknown {
  const [, inner] = typeof value === 'string' ? /^\s*`([^]*)`\s*$/.exec(value) ?? [] : [];
  if (inner === undefined) { return value; }
  try {
    return JSON.parse(inner) as unknown;
  } catch {
    return value;
  }
}

/** What Elastic Beanstalk makes itself is only changed by what the file says of it. */
function isWhole(logicalId: string, resource: unknown): boolean {
  return !logicalId.startsWith('AWSEB') || JSON.stringify(resource).includes('MetadataOptions');
}
