import { Run } from './run';
import { Score, sum } from './score';
import { markdown } from '../lab/report';

/** What came of one tool on all fixtures. */
export interface Result {
  readonly name: string;
  readonly version: string;
  readonly rules: string;
  /** The types of resources that those rules are about; every type where missing. */
  readonly types?: readonly string[];
  readonly files: readonly FileResult[];
}

interface Scored {
  readonly score: Score;
  /** How many of the labelled resources allow version 1. */
  readonly weak: number;
}

interface FileResult extends Scored {
  readonly file: string;
  readonly run: Run;
  /** Of the types that the tool's rules are about. */
  readonly ofRules: Scored;
  readonly wrong: readonly string[];
}

/** All fixtures together, and what each tool costs. */
export function summary(results: readonly Result[]): string {
  return table(
    ['tool', 'caught', 'missed', 'false alarms', 'undecided', 'left open: said / silent', 'failed runs', 'seconds', 'of CPU', 'MB'],
    results.map(({ name, version, files }) => {
      const score = sum(files.map(each => each.score));
      const cpu = files.map(({ run }) => run.cpuSeconds).filter(each => each !== undefined);
      const peaks = files.map(({ run }) => run.megabytes).filter(each => each !== undefined);
      return [
        `${name} ${version}`, score.caught, score.missed, score.falseAlarms, score.undecided, `${score.told} / ${score.silent}`,
        files.filter(({ run }) => run.failure).length,
        files.reduce((total, { run }) => total + run.seconds, 0).toFixed(1),
        cpu.length > 0 ? cpu.reduce((total, each) => total + each, 0).toFixed(1) : '',
        peaks.length > 0 ? Math.round(Math.max(...peaks)) : '',
      ];
    }),
  );
}

/** Caught of what there is to catch, and false alarms of what is right, one column a fixture. */
export function byFixture(results: readonly Result[]): string {
  return table(
    ['tool', ...results[0].files.map(({ file }) => file)],
    results.map(({ name, files }) => [name, ...files.map(({ run, score, weak }) => (
      run.failure ? 'failed' : `${score.caught} of ${weak}${score.falseAlarms > 0 ? `, ${score.falseAlarms} false` : ''}`
    ))]),
  );
}

export function rulesOf(results: readonly Result[]): string {
  return table(['tool', 'rules', 'of which types', 'caught of those', 'false alarms of those'], results.map(({ name, rules, types, files }) => {
    const score = sum(files.map(({ ofRules }) => ofRules.score));
    const weak = files.reduce((total, { ofRules }) => total + ofRules.weak, 0);
    const about = types ? types.map(type => type.replace('AWS::', '')).join(', ') || 'none' : 'all';
    return [name, rules, about, weak > 0 ? `${score.caught} of ${weak}` : '', weak > 0 ? score.falseAlarms : ''];
  }));
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return markdown([[...head], ...rows.map(row => row.map(String))]);
}
