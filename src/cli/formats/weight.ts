import { ReportedFinding } from '../../engine/findings/report';

const STATUSES = ['new', 'baseline', 'exempt'];
const LEVELS = ['error', 'warning', 'note'];

/** For sorting: what fails the check comes first, what is exempt last. */
export function byWeight(a: ReportedFinding, b: ReportedFinding): number {
  return weightOf(a) - weightOf(b);
}

function weightOf({ status, level }: ReportedFinding): number {
  return STATUSES.indexOf(status) * LEVELS.length + LEVELS.indexOf(level);
}
