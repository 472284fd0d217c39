import { arrivalOf, markOf, outcomeOf, settingsText, totalLines, withinStack } from './plan-wording';
import { problemList } from '../../formats/html/exemptions';
import { code, DOT, Insert, Markup, markup } from '../../formats/html/markup';
import { pageOf } from '../../formats/html/page';
import { Section } from '../../formats/html/sections';
import { icon } from '../../formats/html/shapes';
import { table } from '../../formats/html/table';
import { PlannedStack, PlanReport, Remark } from '../plan-report';

/** The plan as one HTML file, in the look of the report of a check. */
export function html(plan: PlanReport): string {
  const { tool, stacks, notes, problems } = plan;
  return pageOf({
    title: `${headlineOf(plan)} · ${tool.name} plan`,
    header: header(plan),
    sections: [
      ...problems.length === 0 ? [] : [{
        id: 'problems', title: 'Why this may not be all', count: problems.length, about: 'Mend these first.', content: problemList(problems),
      }],
      ...stacks.map(stackSection),
      {
        id: 'notes',
        title: 'Notes',
        count: notes.length,
        about: notes.length === 0 ? 'There are none about the whole.' : 'Good to know about the whole.',
        content: notes.map(each => markup`<p>${each}</p>
`),
      },
    ],
    footer: markup`Written by ${tool.name} ${tool.version}. The same for machines: <code>--format json</code>.`,
    style: STYLE,
  });
}

const STYLE = `.plan th:first-child{width:30%}
.plan td ul{margin:0;padding:0}
h3{margin-top:1.5rem}
`;

function headlineOf(plan: PlanReport): string {
  const outcome = outcomeOf(plan);
  return outcome.charAt(0).toUpperCase() + outcome.slice(1);
}

function header(plan: PlanReport): Markup {
  const { tool, command, totals } = plan;
  const facts = [
    ['Would change', totals.changed], ['In place', totals.inPlace], ['New template version', totals.newVersion],
    ['Replaced', totals.replacement + totals.replacedAlong], ['Groups rolled', totals.rolled], ['Uncontrolled', totals.uncontrolled],
  ] as const;
  return markup`<header>
<p class="tool"><b>${tool.name}</b> ${tool.version} ${DOT} what enforcing IMDSv2 would change ${DOT} ${code(command)}</p>
<h1>${icon(markOf(plan))}${headlineOf(plan)}</h1>
${totalLines(plan).map(each => markup`<p class="closing">${each}</p>
`)}<dl class="facts">${facts.map(([term, count]) => markup`<div><dt>${term}</dt><dd>${count}</dd></div>
`)}</dl>
</header>
`;
}

function stackSection(planned: PlannedStack, i: number): Section {
  const { stack, mode, changes, uncontrolled, notes } = planned;
  return {
    id: `stack-${i + 1}`,
    title: stack,
    count: changes.length,
    about: mode === 'observe' ? 'Only observed.' : changes.length === 0 ? 'Nothing would change here.' : 'What enforcing would change.',
    content: [changes.length > 0 && changeTable(planned), remarks('Stays uncontrolled', uncontrolled, stack), remarks('Notes', notes, stack)],
  };
}

function changeTable(planned: PlannedStack): Markup {
  const { stack, changes } = planned;
  return table({
    name: 'plan',
    caption: 'Resources that would change',
    columns: ['Resource', 'Before', 'After', 'Arrives'].map(label => ({ label })),
    rows: changes.map(change => [
      markup`${code(withinStack(change.path, stack))}<br><small>${change.type}</small>`,
      settingsText(change, 'before'),
      settingsText(change, 'after'),
      markup`<ul>${arrivalOf(change, planned).map(each => markup`<li>${each}</li>`)}</ul>`,
    ]),
  });
}

function remarks(title: string, all: readonly Remark[], stack: string): Insert {
  return all.length > 0 && markup`<h3>${title}</h3>
<ul class="problems">
${all.map(({ path, id, message }) => markup`<li>${code(withinStack(path, stack))} <small>${id}</small><br>${message}</li>
`)}</ul>
`;
}
