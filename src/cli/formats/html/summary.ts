import { shownOf } from './exempt';
import { DOT, Insert, Markup, markup } from './markup';
import { icon, Shape } from './shapes';
import { bar, legend, tallyOf } from './verdicts';
import { Report } from '../../../engine/findings/report';
import { enforcingOf, looseningsOf, outcomeOf, summaryOf } from '../wording';

/** What the exit code means. */
export function headlineOf(report: Report): string {
  const outcome = outcomeOf(report);
  return outcome.charAt(0).toUpperCase() + outcome.slice(1);
}

export function summary(report: Report): Markup {
  const { counts, tool, date } = report;
  const shown = shownOf(report);
  const tally = tallyOf(report.templates.flatMap(({ file, resources }) => resources.map(each => shown(file, each))));
  return markup`<header>
<p class="tool"><b>${tool.name}</b> ${tool.version} ${DOT} EC2 instance metadata (IMDS) ${DOT} <time datetime="${date}">${date}</time></p>
<h1>${icon(markOf(report))}${headlineOf(report)}</h1>
<p class="closing">${summaryOf(report)}</p>
${enforcingOf(report).map(each => markup`<p>${each}</p>
`)}${looseningsOf(report).map(each => markup`<p>${each}</p>
`)}${counts.resources > 0 && [bar(tally), legend(tally)]}
<dl class="facts">${facts(report).map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>
`)}</dl>
</header>
`;
}

/** A check that passes is an all-clear only where nothing is left open. */
function markOf({ exitCode, counts }: Report): Shape {
  if (exitCode > 0) { return 'violation'; }
  return counts.cannotTell > 0 || counts.newWarnings > 0 || counts.resources === 0 ? 'undecided' : 'compliant';
}

function facts({ counts, problems }: Report): readonly (readonly [string, Insert])[] {
  const label = (level: string): string => counts.baseline > 0 ? `New ${level}s` : `${level.charAt(0).toUpperCase()}${level.slice(1)}s`;
  return [
    [label('error'), counts.newErrors],
    [label('warning'), counts.newWarnings],
    [label('note'), counts.newNotes],
    ['Exempt findings', counts.exempt],
    ['Without a hop limit', counts.withoutHopLimit],
    ['Findings in the baseline', counts.baseline],
    ['Unreadable inputs', problems.length],
  ];
}
