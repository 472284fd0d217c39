import { Group } from './groups';
import { code, Insert, link, Markup, markup, spoken } from './markup';
import { level } from './shapes';
import { Report, ReportedFinding } from '../../../engine/findings/report';
import { RULES } from '../../../engine/findings/rules';
import { clipped } from '../../../engine/text/visible';
import { listed, moreOf } from '../listed';
import { pageOfRule } from '../pages';
import { exemptionOf, locationsOf } from '../wording';

export const LEVELS = {
  error: { label: 'Error', shape: 'violation' },
  warning: { label: 'Warning', shape: 'undecided' },
  note: { label: 'Note', shape: 'note' },
} as const;

export const STATUSES = { new: 'New', baseline: 'In the baseline', exempt: 'Exempt' } as const;

/** Findings of one stack after the other. */
export function findingGroups(groups: readonly Group[], ids: FindingIds, report: Report): Markup {
  return markup`${groups.map(({ id, stack, file, findings }) => markup`<div class="stack" id="${id}">
<h3><bdi>${stack}</bdi>${spoken(', findings: ')} <span class="count">${listed(findings).length}</span></h3>
${stack !== file && markup`<p class="file">${code(file)}</p>`}
<ul class="findings">
${listed(findings).map(([each, more]) => entry(each, more, ids.of(each), report))}</ul>
</div>
`)}`;
}

/** An address for each finding that outlives the order of the report, as its fingerprint does. */
export class FindingIds {
  private readonly used = new Map<string, number>();

  /** Called once a finding: one that looks the same gets a number behind. */
  of({ fingerprint }: ReportedFinding): string {
    const id = `finding-${fingerprint.replace(/[^A-Za-z0-9-]+/g, '-')}`;
    const times = (this.used.get(id) ?? 0) + 1;
    this.used.set(id, times);
    return times === 1 ? id : `${id}_${times}`;
  }
}

function entry(finding: ReportedFinding, more: number, id: string, report: Report): Markup {
  const { status, rule, type, logicalId, reason } = finding;
  const { shape, label } = LEVELS[finding.level];
  return markup`<li class="finding" id="${id}" data-level="${finding.level}" data-status="${status}" data-rule="${rule}"><details open><summary>\
${level(shape, label)} <span class="what">${resourceName(logicalId)} <span class="type">${type}</span></span> \
<span class="marks">${status !== 'new' && markup`<span class="status">${STATUSES[status]}</span> `}<code>${rule}</code></span> \
<span class="reason">${reason}</span></summary><dl>\
${entries(finding, id, report).map(([term, text]) => Boolean(text) && markup`<dt>${term}</dt><dd>${text}</dd>`)}</dl></details>${moreOf(finding, more).map(line => markup`<p class="rest">${line}</p>`)}</li>
`;
}

/** Empty where the finding is about the template as a whole. */
export function resourceName(logicalId: string): Markup {
  return logicalId === '' ? markup`<b>the template</b>` : code(logicalId);
}

function entries(finding: ReportedFinding, id: string, report: Report): readonly (readonly [string, Insert])[] {
  const { rule, path, values, fix, constructPath, page, type } = finding;
  return [
    ['Fix', markup`<strong>${fix}</strong>`],
    ['Exemption', finding.status === 'exempt' && exemptionOf(report, finding)?.reason],
    ['Rule', markup`<a href="${pageOfRule(rule)}" rel="noreferrer">${code(rule)}</a> ${RULES[rule]?.about}`],
    ['Construct', constructPath === undefined ? undefined : code(constructPath)],
    ['Property', path === '' ? undefined : code(path)],
    [values.length > 1 ? 'Values seen' : 'Value seen', values.length === 0 ? 'none' : values.map((each, i) => [i > 0 && ', ', code(shown(each))])],
    ['Location', code(locationsOf(finding).join(', '))],
    ['AWS page', page === '' ? undefined : link(page, markup`${pageName(page)}${spoken(` about ${type}`)}`)],
    ['Fingerprint', markup`<a href="#${id}">${code(finding.fingerprint)}</a>`],
  ];
}

const LONGEST = 600;

/** As JSON, cut where it is a whole block of a template: the report in JSON has it all. */
function shown(value: unknown): string {
  return clipped(JSON.stringify(value) ?? String(value), LONGEST);
}

/** The last part of the address says what the page is about. */
function pageName(page: string): string {
  return page.replace(/^https:\/\//, '').replace(/[?#].*$/, '').split('/').filter(part => part !== '').pop()?.replace(/\.html$/, '') ?? page;
}
