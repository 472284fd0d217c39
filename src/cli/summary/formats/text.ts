import { createColors } from 'picocolors';
import { appColumns, FleetColumn, more, MOST, ownerColumns, RULE_COLUMNS, totalsIn } from './columns';
import { markOf, outcomeOf, passedOverOf, totalsOf } from './fleet-wording';
import { visible, withoutCommand } from '../../../engine/text/visible';
import { columns, TextColumn } from '../../formats/text-table';
import { App, AppVerdict, Fleet } from '../fleet';

type Colors = ReturnType<typeof createColors>;

/** What a person reads in a terminal: those that need somebody first, the totals last. */
export function text(fleet: Fleet, colour: boolean): string {
  const colors = createColors(colour);
  const { apps, rules, owners, problems } = fleet;
  const sections = [
    apps.length === 0 ? [] : appTable(fleet, colors),
    rules.length === 0 ? [] : [...table(RULE_COLUMNS, rules.slice(0, MOST)), more(rules, 'rule')],
    owners.length === 0 ? [] : [...table(ownerColumns(fleet), owners.slice(0, MOST)), more(owners, 'owner')],
    [passedOverOf(fleet)],
    problems.length === 0 ? [] : [colors.bold('Could not be read'), ...problems.map(each => `  ${colors.red('error')}  ${visible(`${each.file}: ${each.message}`)}`)],
    [colors.bold(totalsOf(fleet)), { violation: colors.red, undecided: colors.yellow, compliant: colors.green }[markOf(fleet)](outcomeOf(fleet))],
  ];
  return sections.map(lines => lines.filter(each => each !== undefined)).filter(lines => lines.length > 0)
    .map(lines => `${lines.map(withoutCommand).join('\n')}\n`).join('\n');
}

function appTable(fleet: Fleet, colors: Colors): string[] {
  const { apps } = fleet;
  const behind = appColumns(fleet);
  const colourOf = (verdict: AppVerdict): (value: string) => string => (
    { 'not readable': colors.red, 'incomplete': colors.red, 'failed': colors.red, 'undecided': colors.yellow, 'passed': colors.green }[verdict]
  );
  const shown: readonly FleetColumn<App>[] = [{ label: 'Report', cell: ({ name }) => name }, { label: 'Verdict', cell: ({ verdict }) => verdict }, ...behind];
  const rows = apps.map(each => shown.map(({ cell }) => cell(each)));
  const total = apps.length > 1 ? [['all', '', ...totalsIn(behind, fleet)]] : [];
  return columns(shown.map(textColumn), rows, total, (cell, row, column) => column === 1 ? colourOf(apps[row].verdict)(cell) : cell);
}

function table<Row>(shown: readonly FleetColumn<Row>[], rows: readonly Row[]): string[] {
  return columns(shown.map(textColumn), rows.map(row => shown.map(({ cell }) => cell(row))));
}

function textColumn({ label, numeric }: Pick<FleetColumn<never>, 'label' | 'numeric'>): TextColumn {
  return { label, numeric };
}
