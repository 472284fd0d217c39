import { counted } from '../../formats/wording';
import { App, Figures, Fleet, OwnerCount, RuleCount } from '../fleet';

/** A column of a table: its heading, and what stands in the row of each. */
export interface FleetColumn<Row> {
  readonly label: string;
  readonly numeric?: true;
  cell(row: Row): string;
}

type AppColumn = FleetColumn<App> & {
  /** Whether it has something to say; absent where it always has. */
  readonly isNeeded?: (figures: Figures) => boolean;
};

/** So many rules and owners are shown to people. */
export const MOST = 10;

/** Nothing is known, which is something else than none. */
const UNKNOWN = '–';

/** The columns behind name and verdict. Those that no report has anything for are left out. */
export function appColumns({ apps, date }: Fleet): readonly FleetColumn<App>[] {
  const columns: readonly AppColumn[] = [
    number('Resources', each => each.resources),
    number('Violations', each => each.violation),
    number('Cannot tell', each => each.cannotTell),
    number('Not governed', each => each.notGoverned, 'where any'),
    number('Exempt', each => each.exempt),
    { ...figure('Next end', each => endOf(each.nextEnd, date)), isNeeded: each => each.nextEnd !== undefined },
    number('Baseline', each => each.baseline, 'where any'),
    number('Unreadable', each => each.unreadable, 'where any'),
    number('Passed over', each => each.passedOver, 'where any'),
    figure('Checked', each => each.date),
    figure('Guard', each => each.guard),
    { ...figure('Settings', settingsOf), isNeeded: each => each.settings !== undefined },
  ];
  return columns.filter(({ isNeeded = () => true }) => apps.some(({ figures }) => figures !== undefined && isNeeded(figures)));
}

/** Of all reports, under the columns of each. */
export function totalsIn(columns: readonly FleetColumn<App>[], { totals }: Fleet): string[] {
  const figures: Figures = { ...totals, date: '', guard: '' };
  return columns.map(column => column.numeric ? column.cell({ name: '', file: '', verdict: 'passed', figures }) : '');
}

export const RULE_COLUMNS: readonly FleetColumn<RuleCount>[] = [
  { label: 'Rule', cell: each => each.rule },
  { label: 'Findings', numeric: true, cell: each => String(each.findings) },
  { label: 'Reports', numeric: true, cell: each => String(each.apps) },
];

export function ownerColumns({ date }: Fleet): readonly FleetColumn<OwnerCount>[] {
  return [
    { label: 'Owner', cell: each => each.owner ?? 'none named' },
    { label: 'Exemptions', numeric: true, cell: each => String(each.exemptions) },
    { label: 'Not valid', numeric: true, cell: each => String(each.void) },
    { label: 'Reports', numeric: true, cell: each => String(each.apps) },
    { label: 'Next end', cell: each => endOf(each.nextEnd, date) },
  ];
}

export function more(all: readonly unknown[], what: string): string | undefined {
  return all.length > MOST ? `${counted(all.length - MOST, `more ${what}`)}: --format json lists all` : undefined;
}

function figure(label: string, of: (figures: Figures) => string): AppColumn {
  return { label, cell: ({ figures }) => figures === undefined ? UNKNOWN : of(figures) };
}

function number(label: string, of: (figures: Figures) => number, needed?: 'where any'): AppColumn {
  return { ...figure(label, each => String(of(each))), numeric: true, ...needed && { isNeeded: each => of(each) > 0 } };
}

/** An exemption may have ended since the check. */
function endOf(day: string | undefined, today: string): string {
  return day === undefined ? 'none' : day < today ? `${day}, ended since` : day;
}

function settingsOf({ settings }: Figures): string {
  if (!settings) { return 'none'; }
  const { by, loosened } = settings;
  return [...by, ...loosened > 0 ? [`${loosened} loosened`] : []].join(', ') || 'none';
}
