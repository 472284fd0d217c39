import { Resource, Templates, Template, isObject, valuesIn } from '../examples/demo/template';
import { isVersionOf } from '../examples/demo/version-consumers';

/** Groups whose own update policy acts, since what they launch from changes: by logical id, with the file of the template. */
export interface Renewed {
  /** New instances, a few at a time. */
  readonly rolled: readonly string[];
  /** A new group, which the old one makes room for. */
  readonly replaced: readonly string[];
}

/**
 * What a service renews by itself, whatever the template says: the nodes of an EKS node group whose launch template has a new version, and the
 * instances of an Elastic Beanstalk environment.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-updating.html
 */
export function renewedByService(before: Templates, after: Templates): string[] {
  return resourcesOf(after).filter(({ file, id, resource }) => (
    resource.Type === 'AWS::EKS::Nodegroup' ? launchesAnew(resource, before[file], after[file])
      : resource.Type === 'AWS::ElasticBeanstalk::Environment' && isEdited(before[file]?.Resources?.[id], resource)
  )).map(({ file, id }) => `${file} ${id}`);
}

/**
 * Read from the templates alone, without the engine. Followed within a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
export function renewedBetween(before: Templates, after: Templates): Renewed {
  const groups = resourcesOf(after)
    .filter(({ file, resource }) => policyOf(resource) !== undefined && launchesAnew(resource, before[file], after[file]))
    .map(({ file, id, resource }) => ({ name: `${file} ${id}`, group: resource }));
  const replaced = groups.filter(({ group }) => isReplacing(group));
  return {
    rolled: groups.filter(each => !replaced.includes(each) && isRolling(each.group)).map(({ name }) => name),
    replaced: replaced.map(({ name }) => name),
  };
}

interface Placed {
  readonly file: string;
  readonly id: string;
  readonly resource: Resource;
}

function resourcesOf(templates: Templates): Placed[] {
  return Object.entries(templates).flatMap(([file, { Resources = {} }]) => Object.entries(Resources)
    .map(([id, resource]) => ({ file, id, resource })));
}

/** Whether what the resource launches from is edited. */
function launchesAnew(resource: Resource, before: Template | undefined, after: Template): boolean {
  const sources = Object.entries(after.Resources ?? {})
    .filter(([id, source]) => SOURCES.includes(source.Type) && isEdited(before?.Resources?.[id], source));
  return [...valuesIn(resource.Properties)].some(value => sources.some(([id, { Type }]) => (
    Type === 'AWS::EC2::LaunchTemplate' ? isVersionOf(id, value) : isObject(value) && value.Ref === id
  )));
}

const SOURCES = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];

function isEdited(before: Resource | undefined, after: Resource): boolean {
  return before !== undefined && JSON.stringify(before.Properties) !== JSON.stringify(after.Properties);
}

function isReplacing(group: Resource): boolean {
  const replacing = policyOf(group)!.AutoScalingReplacingUpdate;
  return isObject(replacing) && replacing.WillReplace === true;
}

function isRolling(group: Resource): boolean {
  return ['AutoScalingRollingUpdate', 'AutoScalingInstanceRefresh'].some(name => policyOf(group)![name] !== undefined);
}

function policyOf({ Type, UpdatePolicy }: Resource & { readonly UpdatePolicy?: unknown }): Record<string, unknown> | undefined {
  return Type === 'AWS::AutoScaling::AutoScalingGroup' && isObject(UpdatePolicy) ? UpdatePolicy : undefined;
}
