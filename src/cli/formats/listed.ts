import { grouped } from './wording';
import { ReportedFinding } from '../../engine/findings/report';

/** So many findings of one rule are listed for a resource: a long script would fill a report with the same advice. */
const OF_A_RULE = 10;

/** The findings that a report for people lists, in order, each with how many more there are behind it of its rule and resource. */
export function listed(findings: readonly ReportedFinding[]): readonly (readonly [finding: ReportedFinding, more: number])[] {
  const alike = grouped(findings.map((finding, i) => ({ finding, i })), ({ finding: { file, stack, logicalId, rule, level, status } }) => (
    JSON.stringify([file, stack, logicalId, rule, level, status])
  ));
  const shown = alike.flatMap(each => each.slice(0, OF_A_RULE).map(({ finding, i }, nth) => (
    { i, pair: [finding, nth === OF_A_RULE - 1 ? each.length - OF_A_RULE : 0] as const }
  )));
  return shown.sort((a, b) => a.i - b.i).map(({ pair }) => pair);
}

/** How many more there are, in a line, or none. */
export function moreOf({ rule }: ReportedFinding, more: number): string[] {
  return more > 0 ? [`${more} more of ${rule}: --format json lists all`] : [];
}
