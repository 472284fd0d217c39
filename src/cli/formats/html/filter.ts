import { LEVELS, STATUSES } from './findings';
import { compare } from './groups';
import { Markup, markup } from './markup';
import { ReportedFinding } from '../../../engine/findings/report';

/** Hidden until the script can make it work. Every choice says how many findings it leaves. */
export function filterForm(findings: readonly ReportedFinding[]): Markup {
  return markup`<form id="filter" role="search" aria-label="Filter findings" hidden>
<p class="field"><label for="filter-text">Search</label><input id="filter-text" name="text" type="search" autocomplete="off" spellcheck="false"></p>
${choice('level', 'Level', countsOf(findings, each => each.level), level => LEVELS[level].label)}
${choice('status', 'Status', countsOf(findings, each => each.status), status => STATUSES[status])}
${choice('rule', 'Rule', countsOf(findings, each => each.rule), rule => rule)}
<p class="buttons"><button type="reset">Reset filter</button>
<button type="button" id="expand">Expand all</button>
<button type="button" id="collapse">Collapse all</button></p>
<p id="filter-result" role="status" aria-live="polite">${findings.length} of ${findings.length} findings shown.</p>
</form>
`;
}

function choice<T extends string>(name: string, label: string, counts: ReadonlyMap<T, number>, wordOf: (value: T) => string): Markup {
  const options = [...counts].map(([value, count]) => markup`<option value="${value}">${wordOf(value)} (${count})</option>`);
  return markup`<p class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
<option value="">All</option>${options}</select></p>`;
}

function countsOf<T extends string>(findings: readonly ReportedFinding[], valueOf: (finding: ReportedFinding) => T): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  findings.map(valueOf).sort(compare).forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
  return counts;
}
