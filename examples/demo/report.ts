import { Change } from './changes';
import { paint } from './paint';
import { Templates } from './template';

export interface Report {
  readonly lines: string[];
  readonly passed: boolean;
}

/** Counts, and the promises that the demo holds the guard to. */
export function checkReport(templates: Templates, changes: Change[], verdicts: Record<string, string>, planned: number): Report {
  const set = changes.filter(({ before, after }) => before !== after).length;
  const objections = changes.filter(({ objection }) => objection !== undefined);
  const count = (impact: Change['impact']) => changes.filter(change => change.impact === impact).length;
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.keys(Resources ?? {})).length;
  const counts = `${Object.keys(templates).length} templates with ${resources} resources: ${count('update')} updated, `
    + `${count('replacement')} replaced, ${count('addition')} added, ${count('removal')} removed.`;
  const promise = 'As promised: only IMDS settings change, and nothing is replaced but launch configurations, which know no update.';
  return {
    passed: changes.length > 0 && objections.length === 0 && verdicts.violation === '0' && set === planned,
    lines: [
      counts,
      `The guard's validator: ${Object.entries(verdicts).map(([verdict, number]) => `${number} ${verdict}`).join(', ') || 'no report'}.`,
      set === planned ? `As planned: ${set} resources have other IMDS settings.` : paint.bad(`NOT EXPECTED: ${set} resources have other IMDS settings, ${planned} were planned`),
      ...objections.length === 0 ? [paint.good(promise)] : [],
      ...objections.map(({ path, type, objection }) => paint.bad(`NOT EXPECTED: ${path} (${type}): ${objection}`)),
    ],
  };
}
