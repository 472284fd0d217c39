import { appColumns, FleetColumn, more, MOST, ownerColumns, RULE_COLUMNS, totalsIn } from './columns';
import { markOf, outcomeOf, passedOverOf, totalsOf } from './fleet-wording';
import { fitted, ROOM, row, Row, section, Section } from '../../formats/markdown-sections';
import { code, plain } from '../../formats/markdown-text';
import { App, AppVerdict, Fleet } from '../fleet';

const MARKS = { violation: '❌', undecided: '⚠️', compliant: '✅' } as const;

const VERDICT_MARKS: Readonly<Record<AppVerdict, string>> = { 'not readable': '❌', 'incomplete': '❌', 'failed': '❌', 'undecided': '⚠️', 'passed': '✅' };

/** At most so many characters for what could not be read, so that the table has room too. */
const SHARE = 10_000;

/** For the summary of a job, an issue or a page of a wiki. */
export function markdown(fleet: Fleet): string {
  const { rules, owners, problems } = fleet;
  const head = [`## ${MARKS[markOf(fleet)]} imds-guard: ${plain(outcomeOf(fleet))}`, '', plain(totalsOf(fleet))];
  const tail = [more(rules, 'rule'), more(owners, 'owner'), passedOverOf(fleet)].filter(each => each !== undefined).flatMap(each => ['', plain(each)]);
  const unread = { ...section(`Could not be read: ${problems.length}`, [], problems.map(each => told(`- ${code(each.file)} ${plain(each.message)}`))), most: SHARE };
  const apps = appTable(fleet);
  const sections = [
    unread, apps,
    counts(`Most frequent rules: ${rules.length}`, RULE_COLUMNS, rules.slice(0, MOST)), counts(`Owners of exemptions: ${owners.length}`, ownerColumns(fleet), owners.slice(0, MOST)),
  ].filter(each => each.rows.length > 0);
  const room = ROOM - [...head, ...tail].join('\n').length;
  return `${[...head, ...fitted(sections, [unread, apps].filter(each => sections.includes(each)), room), ...tail].join('\n')}\n`;
}

function appTable(fleet: Fleet): Section {
  const { apps } = fleet;
  const behind = appColumns(fleet);
  const rows = apps.map(each => told(row([nameOf(each), `${VERDICT_MARKS[each.verdict]} ${each.verdict}`, ...behind.map(({ cell }) => plain(cell(each)))])));
  const total = apps.length > 1 ? [{ line: row(['all', '', ...totalsIn(behind, fleet)].map(each => each === '' ? '' : `**${each}**`)), tells: 0 }] : [];
  const { open } = section(`Reports: ${apps.length}`, ['Report', 'Verdict', ...behind.map(({ label }) => label)], []);
  return { open: [...open.slice(0, -1), row(['---', '---', ...behind.map(align)])], rows: [...rows, ...total], close: [] };
}

function nameOf({ name, file }: App): string {
  return name === file ? code(name) : `${code(name)}<br>${plain(file)}`;
}

function counts<T>(title: string, shown: readonly FleetColumn<T>[], rows: readonly T[]): Section {
  const [first, ...others] = shown;
  const { open } = section(title, shown.map(({ label }) => label), []);
  return {
    open: [...open.slice(0, -1), row(['---', ...others.map(align)])],
    rows: rows.map(each => told(row([code(first.cell(each)), ...others.map(({ cell }) => plain(cell(each)))]))),
    close: [],
  };
}

function align({ numeric }: Pick<FleetColumn<never>, 'numeric'>): string {
  return numeric ? '---:' : '---';
}

function told(line: string): Row {
  return { line, tells: 1 };
}
