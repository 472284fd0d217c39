import { createColors } from 'picocolors';
import { arrivalOf, markOf, outcomeOf, settingsText, totalLines, typeText, withinStack } from './plan-wording';
import { visible, withoutCommand } from '../../../engine/text/visible';
import { columns } from '../../formats/text-table';
import { grouped } from '../../formats/wording';
import { PlannedStack, PlanReport, Remark } from '../plan-report';

type Colors = ReturnType<typeof createColors>;

/** What a person reads in a terminal: by stack, the totals last. */
export function text(plan: PlanReport, colour: boolean): string {
  const colors = createColors(colour);
  const { stacks, notes, problems } = plan;
  const sections = [
    ...stacks.map(each => stackSection(each, colors)),
    notes.map(each => `${colors.cyan('note')}  ${visible(each)}`),
    problems.length === 0 ? [] : [colors.bold('Why this may not be all'), ...problems.map(each => `  ${colors.red('error')}  ${visible(`${each.file}: ${each.message}`)}`)],
    [
      ...totalLines(plan).map(each => colors.bold(each)),
      { violation: colors.red, undecided: colors.yellow, compliant: colors.green }[markOf(plan)](outcomeOf(plan)),
    ],
  ];
  return sections.filter(lines => lines.length > 0)
    .map(lines => `${lines.map(withoutCommand).join('\n')}\n`).join('\n');
}

const HEADS = ['Resource', 'Type', 'Before', 'After', 'Arrives'].map(label => ({ label }));

/** Construct paths are longer than names. */
const WIDEST = 60;

function stackSection(planned: PlannedStack, colors: Colors): string[] {
  const { stack, mode, changes, uncontrolled, notes } = planned;
  const rows = changes.flatMap(change => {
    const [first, ...more] = arrivalOf(change, planned);
    return [
      [withinStack(change.path, stack), typeText(change.type), settingsText(change, 'before'), settingsText(change, 'after'), first],
      ...more.map(each => ['', '', '', '', each]),
    ];
  });
  const table = columns(HEADS, rows, [], (cell, _, column) => column === 4 && /^(?:rolls|replace)/.test(cell) ? colors.yellow(cell) : cell, WIDEST);
  return [
    `${colors.bold(visible(stack))}${mode === 'observe' ? colors.dim('  only observed') : ''}`,
    ...rows.length === 0 ? [] : ['', ...table.map(line => `  ${line}`)],
    ...remarks('Stays uncontrolled', uncontrolled, stack, colors.yellow),
    ...remarks('Notes', notes, stack, colors.cyan),
  ];
}

/** What is told of several alike is told once. */
function remarks(title: string, all: readonly Remark[], stack: string, paint: (text: string) => string): string[] {
  if (all.length === 0) { return []; }
  return ['', `  ${title}`, ...grouped(all, ({ id, message }) => JSON.stringify([id, message])).flatMap(alike => [
    ...alike.map(({ path }, i) => `    ${visible(withinStack(path, stack))}${i === alike.length - 1 ? `  ${paint(visible(alike[0].id))}` : ''}`),
    `      ${visible(alike[0].message)}`,
  ])];
}
