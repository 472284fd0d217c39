import { Group } from './groups';
import { code, Insert, link, Markup, markup, spoken } from './markup';
import { level } from './shapes';
import { Report, ReportedFinding } from '../../../engine/findings/report';
import { RULES } from '../../../engine/findings/rules';
import { clipped } from '../../../engine/text/visible';
import { alike, Told, toldOf } from '../alike';
import { listed, moreOf } from '../listed';
import { pageOfRule } from '../pages';
import { byWeight } from '../weight';
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
${cardsOf(findings).map(each => card(each, ids, report))}</ul>
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

/** What reads the same about several resources is one card. */
function cardsOf(findings: readonly ReportedFinding[]): readonly Told[] {
  return alike(findings).flatMap(toldOf).sort((a, b) => byWeight(a.finding, b.finding));
}

function card({ finding, same, more }: Told, ids: FindingIds, report: Report): Markup {
  const { level: name, status, rule, reason } = finding;
  const { shape, label } = LEVELS[name];
  const places = same.map(each => ({ finding: each, id: ids.of(each) }));
  const alone = places.length === 1 && markup` id="${places[0].id}"`;
  return markup`<li class="finding"${alone} data-level="${name}" data-status="${status}" data-rule="${rule}"><details open><summary>\
${level(shape, label)} <span class="what">${namesOf(same)} <span class="type">${unique(same.map(({ type }) => type)).join(', ')}</span></span> \
<span class="marks">${status !== 'new' && markup`<span class="status">${STATUSES[status]}</span> `}<code>${rule}</code></span> \
<span class="reason">${reason}</span></summary><dl>\
${entries(finding, same, report).map(entry)}${alone ? entriesOf(places[0]).map(entry) : resources(places)}</dl></details>\
${moreOf(finding, more).map(line => markup`<p class="rest">${line}</p>`)}</li>
`;
}

function entry([term, text]: Entry): Insert {
  return Boolean(text) && markup`<dt>${term}</dt><dd>${text}</dd>`;
}

/** So many of several resources are named while a card is closed. The script does the same with those that a search leaves. */
export const NAMED = 3;

function namesOf(same: readonly ReportedFinding[]): Markup {
  if (same.length === 1) { return resourceName(same[0].logicalId); }
  const names = same.slice(0, NAMED).map(({ logicalId }, i) => [i > 0 && ', ', resourceName(logicalId)]);
  return markup`<span class="names">${names}${same.length > NAMED && ` and ${same.length - NAMED} more`}</span>`;
}

/** So many of several resources are listed; the script folds the others. */
const LISTED = 8;

/** Each place of a finding that several resources have: a cell for each part, so that they stand under each other. */
function resources(places: readonly Place[]): Markup {
  const most = places.length > LISTED + 1 ? LISTED : places.length; // to fold one would save nothing
  const rest = places.slice(most);
  return markup`<dt>Resources</dt><dd class="resources">${placeList(places.slice(0, most))}\
${rest.length > 0 && markup`<details class="rest" open><summary>${rest.length} more</summary>${placeList(rest)}</details>`}</dd>`;
}

function placeList(places: readonly Place[]): Markup {
  return markup`<ul>${places.map(({ id, finding }) => markup`<li id="${id}"><a href="#${id}">${resourceName(finding.logicalId)}</a>
<small>${code(locationsOf(finding).join(', '))}</small>
<small>${finding.constructPath !== undefined && code(finding.constructPath)}</small></li>
`)}</ul>`;
}

/** Empty where the finding is about the template as a whole. */
export function resourceName(logicalId: string): Markup {
  return logicalId === '' ? markup`<b>the template</b>` : code(logicalId);
}

type Entry = readonly [term: string, text: Insert];

/** A finding of one resource, with its address in the page. */
interface Place {
  readonly finding: ReportedFinding;
  readonly id: string;
}

function entries(finding: ReportedFinding, same: readonly ReportedFinding[], report: Report): readonly Entry[] {
  const { rule, path, values, fix, page, type, status } = finding;
  return [
    ['Fix', markup`<strong>${fix}</strong>`],
    ['Exemption', status === 'exempt' && unique(same.map(each => exemptionOf(report, each)?.reason ?? '')).filter(each => each !== '').join('; ')],
    ['Rule', markup`<a href="${pageOfRule(rule)}" rel="noreferrer">${code(rule)}</a> ${RULES[rule]?.about}`],
    ['Property', path === '' ? undefined : code(path)],
    [values.length > 1 ? 'Values seen' : 'Value seen', values.length === 0 ? 'none' : values.map((each, i) => [i > 0 && ', ', code(shown(each))])],
    ['AWS page', page === '' ? undefined : link(page, markup`${pageName(page)}${spoken(` about ${type}`)}`)],
  ];
}

function entriesOf({ finding, id }: Place): readonly Entry[] {
  const { constructPath, fingerprint } = finding;
  return [
    ['Construct', constructPath === undefined ? undefined : code(constructPath)],
    ['Location', code(locationsOf(finding).join(', '))],
    ['Fingerprint', markup`<a href="#${id}">${code(fingerprint)}</a>`],
  ];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
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
