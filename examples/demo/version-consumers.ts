import { Resource, Templates, Template, isObject, valuesIn } from './template';

/** The create-only property through which a type is pinned to a launch template version. */
const CREATE_ONLY_PROPERTY: Record<string, string> = {
  'AWS::EC2::Instance': 'LaunchTemplate',
  'AWS::EC2::EC2Fleet': 'LaunchTemplateConfigs',
  'AWS::EC2::SpotFleet': 'SpotFleetRequestConfigData',
};

/**
 * Logical ids of what is replaced because a launch template gets a new version.
 *
 * The text of `Fn::GetAtt: [Template, LatestVersionNumber]` stays the same while its value changes, so that a template
 * diff does not see it. Followed within a template and through exports; not through the parameters of a nested stack.
 */
export function replacedByNewVersion(file: string, before: Templates, after: Templates): string[] {
  const template = after[file];
  const newVersions = editedLaunchTemplates(before[file], template);
  const newExports = exportsOfNewVersions(before, after);

  return Object.entries(template.Resources ?? {}).filter(([, resource]) => {
    for (const value of valuesIn(createOnly(resource))) {
      if (newVersions.some(id => isVersionOf(id, value)) || newExports.has(importedName(value))) return true;
    }
    return false;
  }).map(([id]) => id);
}

function createOnly({ Type, Properties }: Resource): unknown {
  return Properties?.[CREATE_ONLY_PROPERTY[Type]];
}

function editedLaunchTemplates(before: Template | undefined, after: Template): string[] {
  return Object.entries(after.Resources ?? {}).filter(([id, { Type, Properties }]) => {
    const old = before?.Resources?.[id]?.Properties;
    return Type === 'AWS::EC2::LaunchTemplate' && old !== undefined && JSON.stringify(old) !== JSON.stringify(Properties);
  }).map(([id]) => id);
}

function exportsOfNewVersions(before: Templates, after: Templates): Set<string> {
  const names = Object.entries(after).flatMap(([file, template]) => {
    const newVersions = editedLaunchTemplates(before[file], template);
    return Object.values(template.Outputs ?? {})
      .filter(({ Value }) => newVersions.some(id => [...valuesIn(Value)].some(value => isVersionOf(id, value))))
      .map(({ Export }) => Export?.Name);
  });
  return new Set(names.filter(name => typeof name === 'string'));
}

function importedName(value: unknown): string {
  return isObject(value) && typeof value['Fn::ImportValue'] === 'string' ? value['Fn::ImportValue'] : '';
}

export function isVersionOf(logicalId: string, value: unknown): boolean {
  if (typeof value === 'string') return value.includes(`\${${logicalId}.LatestVersionNumber}`);
  const attribute = isObject(value) ? value['Fn::GetAtt'] : undefined;
  return [attribute].flat().join('.') === `${logicalId}.LatestVersionNumber`;
}
