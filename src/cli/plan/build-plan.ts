import { FailOn, PlannedChange, PlannedStack, PlanReport, PlanTotals, Remark } from './plan-report';
import { FoundRecord } from './read-records';
import { MessageId } from '../../engine/exemptions/messages';
import { Problem, Report, ReportedFinding } from '../../engine/findings/report';
import { Decision } from '../../engine/record/decision';
import { RecordedStack, RecordedWeakness } from '../../engine/record/guard-record';

/** Messages that mean: IMDSv1 may still be answered here. */
const UNCONTROLLED: ReadonlySet<MessageId> = new Set<MessageId>([
  'cannot-attach', 'cannot-enforce', 'exempted', 'left-out', 'not-governed', 'old-template-version', 'opt-in-needed', 'replacement-needed',
]);

/** What is told of the resources that are replaced along with another. */
const REPLACED: ReadonlySet<MessageId> = new Set<MessageId>(['replaced', 'group-replaced']);

export interface PlanInput {
  readonly version: string;
  readonly command: string;
  readonly records: readonly FoundRecord[];

  /** The check of the templates that were made. */
  readonly check: Report;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
  readonly failOn: readonly FailOn[];
}

/** From the records of a run, and a check of what it made, to the plan. */
export function buildPlan({ version, command, records, check, notes, problems, failOn }: PlanInput): PlanReport {
  const recorded = records.flatMap(({ folder, record }) => record.stacks.map(stack => ({ file: `${folder}/${stack.template}`, stack })));
  const met = recorded.map(({ file, stack }) => plannedStack(stack, leftIn(check, file)));
  const stacks = [...met, ...unrecorded(check, new Set(recorded.map(({ file }) => file)))].filter(hasSomething);
  const told = [...notes, ...records.flatMap(({ record }) => record.weaker.map(weakerNote))];
  const unread = [...problems, ...check.problems];
  const decisions = recorded.flatMap(({ stack }) => stack.decisions);
  const totals = totalsOf(stacks, { stacks: recorded.length, examined: decisions.length, check, notes: told.length });
  return {
    schemaVersion: 1,
    kind: 'plan',
    tool: { name: 'imds-guard', version },
    command,
    exitCode: unread.length > 0 ? 2 : failOn.some(each => FAILS[each](totals)) ? 1 : 0,
    totals,
    stacks,
    notes: told,
    problems: unread,
  };
}

const FAILS: { readonly [on in FailOn]: (totals: PlanTotals) => boolean } = {
  replacement: ({ replacement, replacedAlong }) => replacement + replacedAlong > 0,
  roll: ({ rolled }) => rolled > 0,
  any: ({ changed }) => changed > 0,
};

function hasSomething({ changes, uncontrolled, notes }: PlannedStack): boolean {
  return changes.length + uncontrolled.length + notes.length > 0;
}

function plannedStack({ path, template, mode, decisions }: RecordedStack, left: readonly ReportedFinding[]): PlannedStack {
  const remarks = distinct(decisions.flatMap(({ notices }) => notices));
  const uncontrolled = remarks.filter(({ id }) => UNCONTROLLED.has(id as MessageId));
  const explained = new Set(uncontrolled.map(each => each.path));
  return {
    stack: path,
    template,
    mode,
    changes: decisions.filter(({ action }) => action !== 'leave').map(plannedChange),
    uncontrolled: [...uncontrolled, ...left.map(remarkOf).filter(each => !explained.has(each.path))],
    notes: remarks.filter(({ id }) => !UNCONTROLLED.has(id as MessageId)),
  };
}

function plannedChange({ path, logicalId, type, action, changes, reach, rolls, notices }: Decision): PlannedChange {
  const replaces = [...new Set(notices.filter(each => REPLACED.has(each.id) && each.path !== path).map(each => each.path))];
  return { path, logicalId, type, action, changes, reach, rolls: rolls.filter(each => !replaces.includes(each)), replaces };
}

/** What the check finds that no decision tells of, such as templates inside of stack sets. */
function leftIn({ findings }: Report, file: string): ReportedFinding[] {
  return findings.filter(each => each.file === file && each.status === 'new' && (each.verdict === 'violation' || each.verdict === 'cannot tell'));
}

function unrecorded(check: Report, known: ReadonlySet<string>): PlannedStack[] {
  return check.templates.filter(({ file }) => !known.has(file)).map(({ file, stack }) => (
    { stack, template: file.split('/').at(-1)!, changes: [], uncontrolled: distinct(leftIn(check, file).map(remarkOf)), notes: [] }
  ));
}

function remarkOf({ constructPath, stack, logicalId, rule, reason }: ReportedFinding): Remark {
  return { path: constructPath ?? `${stack}/${logicalId}`, id: rule, message: reason };
}

function distinct(remarks: readonly Remark[]): Remark[] {
  return [...new Map(remarks.map(each => [JSON.stringify([each.id, each.path, each.message]), each])).values()];
}

const OUTCOMES: { readonly [outcome in RecordedWeakness['outcome']]: string } = {
  counts: 'which counts',
  forbidden: 'which does not count, since exemptions are forbidden',
  overruled: 'which does not count',
  outranked: 'which does not count',
};

function weakerNote({ scope, by, what, outcome }: RecordedWeakness): string {
  return `${by} on ${scope === '' ? 'the app' : scope} asks for less: ${what.join(', ')}, ${OUTCOMES[outcome]}`;
}

interface Rest {
  readonly stacks: number;
  readonly examined: number;
  readonly notes: number;
  readonly check: Report;
}

function totalsOf(stacks: readonly PlannedStack[], { stacks: count, examined, notes, check }: Rest): PlanTotals {
  const changes = stacks.flatMap(each => each.changes);
  const reaching = (reach: Decision['reach']): number => changes.filter(each => each.reach === reach).length;
  const own = new Set(changes.filter(({ reach }) => reach === 'replacement').map(({ path }) => path));
  const { resources, compliant, violation, cannotTell, notGoverned } = check.counts;
  return {
    stacks: count,
    examined,
    changed: changes.length,
    inPlace: changes.length - reaching('new-version') - reaching('replacement'),
    newVersion: reaching('new-version'),
    replacement: reaching('replacement'),
    replacedAlong: new Set(changes.flatMap(({ replaces }) => replaces).filter(path => !own.has(path))).size,
    rolled: new Set(changes.flatMap(({ rolls }) => rolls)).size,
    uncontrolled: new Set(stacks.flatMap(({ uncontrolled }) => uncontrolled.map(({ path }) => path))).size,
    notes: notes + stacks.reduce((sum, each) => sum + each.notes.length, 0),
    afterwards: { resources, compliant, violation, cannotTell, notGoverned },
  };
}
