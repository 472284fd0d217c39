import { Label } from './labels';
import { Said } from './peers/peer';

/** How often a tool was right about labelled resources. Each of them is counted once. */
export interface Score {
  /** Allows version 1, and was reported. */
  caught: number;
  /** Allows version 1, and was neither reported nor called undecided. */
  missed: number;
  /** Can be decided, but was called undecided. */
  undecided: number;
  /** Requires version 2, and was not reported. */
  right: number;
  /** Requires version 2, and was reported. */
  falseAlarms: number;
  /** Cannot be decided, and something was said: a warning, or a finding of a tool that takes no risk. */
  told: number;
  /** Cannot be decided, and nothing was said. */
  silent: number;
  /** Of a template that the tool did not judge. */
  unjudged: number;
}

export function noScore(): Score {
  return { caught: 0, missed: 0, undecided: 0, right: 0, falseAlarms: 0, told: 0, silent: 0, unjudged: 0 };
}

/** What a tool said about one template, against what is true; `undefined` where it failed. */
export function scoreOf(labels: readonly Label[], said: Said | undefined): Score {
  const score = noScore();
  for (const label of labels) { score[said ? outcome(label, said) : 'unjudged']++; }
  return score;
}

/** What a tool was wrong about, for whoever wants to know why. */
export function wrongOf(labels: readonly Label[], said: Said | undefined): string[] {
  const outcomes = said ? labels.map(label => ({ label, what: outcome(label, said) })) : [];
  return outcomes.flatMap(({ label: { resource }, what }) => what === 'missed' ? [`missed ${resource}`] : what === 'falseAlarms' ? [`false alarm at ${resource}`] : []);
}

export function sum(scores: readonly Score[]): Score {
  const total = noScore();
  for (const score of scores) {
    for (const key of Object.keys(total) as (keyof Score)[]) { total[key] += score[key]; }
  }
  return total;
}

function outcome({ resource, truth, causes }: Label, { reported, undecided }: Said): keyof Score {
  const isReported = reported.includes(resource);
  switch (truth) {
    case 'requires-v2': return isReported ? 'falseAlarms' : undecided.includes(resource) ? 'undecided' : 'right';
    case 'undecidable': return isReported || undecided.includes(resource) ? 'told' : 'silent';
    case 'allows-v1':
      if (isReported || causes.some(cause => reported.includes(cause))) { return 'caught'; }
      return undecided.includes(resource) ? 'undecided' : 'missed';
  }
}
