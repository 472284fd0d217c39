import { fullDiff, ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describeSettings, withoutSettings } from './settings';
import { Resource, Templates } from './template';
import { replacedByNewVersion } from './version-consumers';

/** What CloudFormation does with one resource when the guard is switched on. */
export interface Change {
  readonly path: string;
  readonly type: string;
  readonly before: string;
  readonly after: string;
  readonly impact: 'update' | 'replacement' | 'addition' | 'removal';
  /** What changes beside the IMDS settings. */
  readonly besides: string[];
  /** Why the guard must not make this change. */
  readonly objection?: string;
}

/** Properties that change along with a template elsewhere, since they hold its hash. */
const FOLLOWING: Record<string, string> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::CodeBuild::Project': 'Source', // publishes the templates of a pipeline's nested stacks
};

const IMPACTS: Partial<Record<ResourceImpact, Change['impact']>> = {
  [ResourceImpact.WILL_CREATE]: 'addition',
  [ResourceImpact.WILL_DESTROY]: 'removal',
  [ResourceImpact.WILL_ORPHAN]: 'removal',
  [ResourceImpact.WILL_REPLACE]: 'replacement',
  [ResourceImpact.MAY_REPLACE]: 'replacement', // it might: not a risk to leave unsaid
};

/** Every resource that differs, in every template, nested stacks and nested assemblies included. */
export function changesBetween(before: Templates, after: Templates): Change[] {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return files.flatMap(file => {
    const replacements = indirectReplacements(file, before, after);
    const others = diffOf(file, before, after).filter(({ path }) => !replacements.some(replacement => replacement.path === path));
    return [...others, ...replacements];
  });
}

function diffOf(file: string, before: Templates, after: Templates): Change[] {
  const changes: Change[] = [];
  const diff = fullDiff(structuredClone(before[file] ?? {}), structuredClone(after[file] ?? {})); // it writes into what it is given
  diff.resources.forEachDifference((id, difference) => {
    const [old, now] = [before[file]?.Resources?.[id], after[file]?.Resources?.[id]];
    const impact = IMPACTS[difference.changeImpact] ?? 'update';
    const besides = changedBesidesSettings(difference);
    changes.push({ ...changeOf(file, id, old, now), impact, besides, objection: objectionTo(impact, besides, now) });
  });
  if (diff.differenceCount === diff.resources.differenceCount) return changes;
  return [...changes, { path: file, type: 'template', before: '', after: '', impact: 'update', besides: [], objection: 'more than resources changes' }];
}

function indirectReplacements(file: string, before: Templates, after: Templates): Change[] {
  if (before[file] === undefined || after[file] === undefined) return [];
  return replacedByNewVersion(file, before, after).map(id => ({
    ...changeOf(file, id, before[file].Resources?.[id], after[file].Resources?.[id]),
    impact: 'replacement',
    besides: [],
    objection: 'its launch template gets a new version',
  }));
}

function changeOf(file: string, id: string, old: Resource | undefined, now: Resource | undefined) {
  const resource = (now ?? old)!;
  return { path: pathOf(file, id, resource), type: resource.Type, before: describeSettings(old), after: describeSettings(now) };
}

function objectionTo(impact: Change['impact'], besides: string[], resource: Resource | undefined): string | undefined {
  if (impact === 'replacement' && !isUnnamedLaunchConfiguration(resource)) return impact;
  if (impact === 'addition' || impact === 'removal') return impact;
  const more = besides.filter(name => name !== FOLLOWING[resource!.Type]);
  return more.length > 0 ? `more than IMDS settings changes: ${more.join(', ')}` : undefined;
}

/** Launch configurations have no update: CloudFormation makes a new one and keeps the group. */
function isUnnamedLaunchConfiguration(resource: Resource | undefined): boolean {
  return resource?.Type === 'AWS::AutoScaling::LaunchConfiguration' && resource.Properties?.LaunchConfigurationName === undefined;
}

function changedBesidesSettings(difference: ResourceDifference): string[] {
  const updates: Array<[string, { oldValue?: unknown; newValue?: unknown }]> =
    Object.entries({ ...difference.propertyUpdates, ...difference.otherChanges });
  return updates
    .filter(([name, { oldValue, newValue }]) => textWithoutSettings({ [name]: oldValue }) !== textWithoutSettings({ [name]: newValue }))
    .map(([name]) => name);
}

function textWithoutSettings(value: unknown): string {
  return JSON.stringify(withoutSettings(value));
}

/** The construct path where CDK wrote one (not for resources of `CfnInclude`), otherwise stack and logical id. */
export function pathOf(file: string, id: string, resource: Resource | undefined): string {
  const path = resource?.Metadata?.['aws:cdk:path'];
  if (typeof path === 'string') return path.replace(/(\/Resource)+$/, '');
  return `${file.replace(/^.*\/|(\.nested)?\.template\.json$/g, '')}/${id}`;
}
