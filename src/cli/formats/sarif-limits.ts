import { gzipSync } from 'zlib';
import { byWeight } from './weight';
import { counted } from './wording';
import { ReportedFinding } from '../../engine/findings/report';

/** GitHub refuses a run of more results. @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/results-exceed-limit */
const MOST_RESULTS = 25_000;

/** GitHub refuses a file that has more bytes when it is compressed. @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/file-too-large */
const MOST_ZIPPED = 10_000_000;

/** So much of the room is used where the size is estimated. */
const MARGIN = 0.95;

/** The findings of a file, and what became of the others. */
export interface Cut {
  readonly kept: readonly ReportedFinding[];

  /** Those that weigh least; empty where the file has all. */
  readonly leftOut: readonly ReportedFinding[];
}

/** The file with as many of the findings, those first that weigh most, as GitHub takes; in their own order where it takes all. */
export function withinLimits(findings: readonly ReportedFinding[], write: (cut: Cut) => string): { readonly text: string; readonly cut: Cut } {
  let cut = findings.length <= MOST_RESULTS ? { kept: findings, leftOut: [] } : cutTo(MOST_RESULTS - 1, findings);
  for (;;) {
    const text = write(cut);
    const size = zippedSize(text);
    if (size <= MOST_ZIPPED || cut.kept.length === 0) { return { text, cut }; }
    cut = cutTo(Math.floor(cut.kept.length * MARGIN * MOST_ZIPPED / size), findings);
  }
}

/** What was left out, in a sentence. */
export function leftOutText({ kept, leftOut }: Cut): string {
  const of = (level: string): number => leftOut.filter(each => each.level === level).length;
  const known = leftOut.filter(({ status }) => status !== 'new').length;
  const levels = ['error', 'warning', 'note'].map(level => counted(of(level), level)).join(', ');
  const all = kept.length + leftOut.length;
  return `${leftOut.length} of ${counted(all, 'finding')} ${leftOut.length === 1 ? 'is' : 'are'} left out here, those that weigh least `
    + `(${levels}${known > 0 ? `; ${known} of them exempt or in the baseline` : ''}): GitHub takes no more. --format json has all.`;
}

function cutTo(count: number, findings: readonly ReportedFinding[]): Cut {
  const sorted = [...findings].sort(byWeight);
  return { kept: sorted.slice(0, count), leftOut: sorted.slice(count) };
}

/** Compressing takes its time, so what is small enough as it is is not compressed. */
function zippedSize(text: string): number {
  const size = Buffer.byteLength(text);
  return size <= MOST_ZIPPED ? size : gzipSync(text).length;
}
