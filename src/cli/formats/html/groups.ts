import { ReportedFinding } from '../../../engine/findings/report';
import { byWeight } from '../weight';
import { grouped } from '../wording';

/** The findings of one template. */
export interface Group {
  /** Of the section, for links to it. */
  readonly id: string;
  readonly stack: string;
  readonly file: string;
  readonly findings: readonly ReportedFinding[];
}

/** Findings by stack, what fails first. Two files may have a stack of the same name. */
export function groupsOf(findings: readonly ReportedFinding[], prefix: string): readonly Group[] {
  return grouped(findings, keyOf)
    .map(each => ({ stack: each[0].stack, file: each[0].file, findings: [...each].sort(byWeight) }))
    .sort((a, b) => failing(b.findings) - failing(a.findings) || compare(keyOf(a), keyOf(b)))
    .map((group, i) => ({ id: `${prefix}-${i + 1}`, ...group }));
}

export function keyOf({ stack, file }: { readonly stack: string; readonly file: string }): string {
  return JSON.stringify([stack, file]);
}

/** The same order on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function failing(findings: readonly ReportedFinding[]): number {
  return findings.filter(each => each.status === 'new' && each.level === 'error').length;
}
