import { listed } from './listed';
import { grouped } from './wording';
import { ReportedFinding } from '../../engine/findings/report';

/** Resources of one template that have the same findings, each with its own. */
export type Alike = readonly (readonly ReportedFinding[])[];

/** What a report for people tells once about resources that are alike. */
export interface Told {
  readonly finding: ReportedFinding;

  /** This finding of each of the resources. */
  readonly same: readonly ReportedFinding[];

  /** How many more there are behind it of its rule, which are not listed. */
  readonly more: number;
}

/** The resources of a template by what their findings say, in the order of the first of each. */
export function alike(findings: readonly ReportedFinding[]): readonly Alike[] {
  const resources = grouped(findings, each => JSON.stringify([each.logicalId, each.type]));
  return grouped(resources, each => JSON.stringify(each.map(contentOf)));
}

/** The findings that resources have in common, those of a rule together. */
export function toldOf(resources: Alike): readonly Told[] {
  const [first] = resources;
  return listed(grouped(first, ({ rule }) => rule).flat())
    .map(([finding, more]) => ({ finding, same: resources.map(findings => findings[first.indexOf(finding)]), more }));
}

/** What makes two findings read the same. */
function contentOf({ rule, level, status, path, values, reason, fix, page }: ReportedFinding): unknown[] {
  return [rule, level, status, path, values, reason, fix, page];
}
