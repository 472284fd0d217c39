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
 * Read from the templates alone, without the engine. Followed within a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
export function renewedBetween(before: Templates, after: Templates): Renewed {
  const groups = Object.entries(after).flatMap(([file, template]) => Object.entries(template.Resources ?? {})
    .filter(([, group]) => launchesAnew(group, before[file], template))
    .map(([id, group]) => ({ name: `${file} ${id}`, group })));
  const replaced = groups.filter(({ group }) => isReplacing(group));
  return {
    rolled: groups.filter(each => !replaced.includes(each) && isRolling(each.group)).map(({ name }) => name),
    replaced: replaced.map(({ name }) => name),
  };
}

function launchesAnew(group: Resource, before: Template | undefined, after: Template): boolean {
  if (group.Type !== 'AWS::AutoScaling::AutoScalingGroup' || policyOf(group) === undefined) { return false; }
  const edited = Object.keys(after.Resources ?? {}).filter(id => isEdited(before?.Resources?.[id], after.Resources?.[id]));
  return [...valuesIn(group.Properties)].some(value => edited.some(id => (
    after.Resources![id].Type === 'AWS::EC2::LaunchTemplate' ? isVersionOf(id, value) : isObject(value) && value.Ref === id
  )));
}

function isEdited(before: Resource | undefined, after: Resource | undefined): boolean {
  const types = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];
  return before !== undefined && types.includes(after!.Type) && JSON.stringify(before.Properties) !== JSON.stringify(after!.Properties);
}

function isReplacing(group: Resource): boolean {
  const replacing = policyOf(group)!.AutoScalingReplacingUpdate;
  return isObject(replacing) && replacing.WillReplace === true;
}

function isRolling(group: Resource): boolean {
  return ['AutoScalingRollingUpdate', 'AutoScalingInstanceRefresh'].some(name => policyOf(group)![name] !== undefined);
}

function policyOf(group: Resource): Record<string, unknown> | undefined {
  const { UpdatePolicy } = group as { UpdatePolicy?: unknown };
  return isObject(UpdatePolicy) ? UpdatePolicy : undefined;
}
