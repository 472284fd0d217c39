import { Verdict } from '../../../engine/findings/finding';
import { ExaminedTemplate, Report } from '../../../engine/findings/report';

type Resource = ExaminedTemplate['resources'][number];

/**
 * What is shown of a resource: its verdict, or `exempt` where every finding that the verdict comes from is.
 *
 * A resource that launches from a template has no finding of its own, so it keeps its verdict.
 */
export function shownOf({ findings }: Report): (file: string, resource: Resource) => Verdict | 'exempt' {
  const [exempt, open] = [new Set<string>(), new Set<string>()];
  findings.forEach(({ file, logicalId, verdict, status }) => (status === 'exempt' ? exempt : open).add(keyOf(file, logicalId, verdict)));
  return (file, { logicalId, verdict }) => {
    const key = keyOf(file, logicalId, verdict);
    return exempt.has(key) && !open.has(key) ? 'exempt' : verdict;
  };
}

function keyOf(file: string, logicalId: string, verdict: string): string {
  return JSON.stringify([file, logicalId, verdict]);
}
