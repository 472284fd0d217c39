import { Message } from './assembly';
import { Change } from './changes';
import { paint } from './paint';
import { table, wrap } from './table';
import { Templates } from './template';

export interface Report {
  readonly lines: string[];
  readonly passed: boolean;
}

/** The table of what changes, and what changes only because it refers to that. */
export function changeReport(changes: Change[]): string[] {
  const settings = changes.filter(change => change.before !== change.after);
  const followers = changes.filter(({ before, after, objection }) => before === after && objection === undefined);
  const rows = settings.map(({ path, type, before, after, impact }) => [path, type.replace(/^AWS::/, ''), before, after, impact]);
  return [
    ...table(['resource', 'type', 'before', 'after', 'by'], rows, [44, 24, 24, 24]),
    ...followers.length === 0 ? [] : ['', `Also updated, since they hold the hash of a template above: ${followers.length}`],
    ...followers.map(({ path, type, besides }) => `  ${path} (${type}: ${besides.join(', ')})`),
  ];
}

/** Messages that mean: instances may still answer IMDSv1 here. */
const UNCONTROLLED = /^cdk-imds-guard:(cannot-enforce|cannot-attach|not-governed|replacement-needed|opt-in-needed|left-out|old-template-version)$/;

/** What the guard tells the user, first where it could do nothing. */
export function messageReport(messages: Message[]): string[] {
  const said = messages.filter(({ id }) => id.startsWith('cdk-imds-guard:'));
  const uncontrolled = said.filter(({ id }) => UNCONTROLLED.test(id));
  const others = said.filter(({ id }) => !UNCONTROLLED.test(id));
  return [
    `What stays uncontrolled, and why: ${uncontrolled.length}`,
    ...uncontrolled.flatMap(paragraph),
    '',
    `Good to know: ${others.length}`,
    ...others.flatMap(paragraph),
  ];
}

function paragraph({ path, text }: Message): string[] {
  return [`  ${path}`, ...wrap(text, 112).map(line => `    ${line}`)];
}

/** Counts, and the promises that the demo holds the guard to. */
export function checkReport(templates: Templates, changes: Change[], verdicts: Record<string, string>): Report {
  const objections = changes.filter(({ objection }) => objection !== undefined);
  const count = (impact: Change['impact']) => changes.filter(change => change.impact === impact).length;
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.keys(Resources ?? {})).length;
  const counts = `${Object.keys(templates).length} templates with ${resources} resources: ${count('update')} updated, `
    + `${count('replacement')} replaced, ${count('addition')} added, ${count('removal')} removed.`;
  const promise = 'As promised: only IMDS settings change, and nothing is replaced but launch configurations, which know no update.';
  return {
    passed: changes.length > 0 && objections.length === 0 && verdicts.violation === '0',
    lines: [
      counts,
      `The guard's validator: ${Object.entries(verdicts).map(([verdict, number]) => `${number} ${verdict}`).join(', ') || 'no report'}.`,
      ...objections.length === 0 ? [paint.good(promise)] : [],
      ...objections.map(({ path, type, objection }) => paint.bad(`NOT EXPECTED: ${path} (${type}): ${objection}`)),
    ],
  };
}
