import { arrivalOf, markOf, outcomeOf, settingsText, totalLines, typeText, withinStack } from './plan-wording';
import { fitted, ROOM, row, Row, section, Section } from '../../formats/markdown-sections';
import { code, plain } from '../../formats/markdown-text';
import { PlannedStack, PlanReport, Remark } from '../plan-report';

const MARKS = { violation: '❌', undecided: '⚠️', compliant: '✅' } as const;

/** For a comment on a pull request, or the summary of a job. */
export function markdown(plan: PlanReport): string {
  const { stacks, notes, problems } = plan;
  const head = [`## ${MARKS[markOf(plan)]} imds-guard plan: ${plain(outcomeOf(plan))}`, '', ...totalLines(plan).flatMap(each => [plain(each), ''])];
  const tail = notes.flatMap(each => ['', plain(each)]);
  const unread = section('Why this may not be all', [], problems.map(each => told(`- ${code(each.file)} ${plain(each.message)}`)));
  const changes = stacks.map(changesIn);
  const sections = [unread, ...stacks.flatMap((each, i) => [
    changes[i],
    remarks(`${plain(each.stack)}: stays uncontrolled`, each, each.uncontrolled),
    remarks(`${plain(each.stack)}: notes`, each, each.notes, true),
  ])].filter(({ rows }) => rows.length > 0);
  const room = ROOM - [...head, ...tail].join('\n').length;
  return `${[...head, ...fitted(sections, [unread, ...changes].filter(each => sections.includes(each)), room), ...tail].join('\n')}\n`;
}

function changesIn(planned: PlannedStack): Section {
  const { stack, changes } = planned;
  return section(plain(stack), ['Resource', 'Type', 'Before', 'After', 'Arrives'], changes.map(change => told(row([
    code(withinStack(change.path, stack)), plain(typeText(change.type)), plain(settingsText(change, 'before')), plain(settingsText(change, 'after')),
    arrivalOf(change, planned).map(plain).join('<br>'),
  ]))));
}

function remarks(title: string, { stack }: PlannedStack, all: readonly Remark[], folded = false): Section {
  return section(title, [], all.map(({ path, id, message }) => told(`- ${code(withinStack(path, stack))} ${plain(id)}: ${plain(message)}`)), folded);
}

function told(line: string): Row {
  return { line, tells: 1 };
}
