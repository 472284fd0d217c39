import { shownOf } from './exempt';
import { compare, Group, keyOf } from './groups';
import { code, Insert, link, Markup, markup, spoken } from './markup';
import { Column, table } from './table';
import { bar, shownIn, sizeOf, Tally, tallyOf } from './verdicts';
import { ExaminedResource, Verdict } from '../../../engine/findings/finding';
import { ExaminedTemplate, Report } from '../../../engine/findings/report';
import { surfaceOf } from '../../../engine/surfaces/surfaces';
import { counted, grouped } from '../wording';

/** A row of a posture table: what it is about, and the verdicts on it. */
interface Line {
  readonly name: Markup;
  readonly key: string;
  readonly tally: Tally;
}

/** Stacks shown at first; the others, which are better, can be unfolded. */
const FIRST = 20;

/** By stack and by type. The bars of a table have one scale, so that the longest is where most is. */
export function postureOf(report: Report, groups: readonly Group[]): Markup {
  const places = placesOf(report);
  return markup`${postureByStack(report.templates, places, groups)}${postureByType(places)}`;
}

function postureByStack(templates: readonly ExaminedTemplate[], places: readonly Place[], groups: readonly Group[]): Markup {
  const targets = new Map([...groups].reverse().map(group => [keyOf(group), group.id]));
  const byTemplate = grouped(places, ({ template }) => JSON.stringify([template.file, template.stack]));
  const lines = byTemplate.map(each => {
    const [{ template }] = each;
    return { name: stackName(template, targets.get(keyOf(template))), key: template.stack, tally: tallyOf(each.map(({ shown }) => shown)) };
  }).sort(byNeed);
  const empty = templates.filter(each => each.resources.length === 0);
  const [first, more] = [lines.slice(0, FIRST), lines.slice(FIRST)];
  const show = postureTable('Stack', lines);
  return markup`${first.length > 0 && show('Posture by stack', first)}
${more.length > 0 && folded(counted(more.length, 'more stack'), show('Posture by stack, continued', more))}
${empty.length > 0 && folded(`${counted(empty.length, 'template')} with no resource that launches instances`, markup`<ul class="files">
${empty.map(each => markup`<li>${code(each.file)}</li>
`)}</ul>`)}`;
}

function postureByType(places: readonly Place[]): Markup {
  const lines = byType(places).map(each => {
    const [{ resource: { type } }] = each;
    return { name: code(type), key: type, tally: tallyOf(each.map(({ shown }) => shown)) };
  }).sort(byNeed);
  return markup`${lines.length > 0 && postureTable('Type', lines)('Posture by resource type', lines)}`;
}

/** What CloudFormation has no setting for, and why. */
export function notGoverned(report: Report): Markup {
  const types = byType(placesOf(report).filter(({ resource }) => resource.verdict === 'not governed'))
    .sort(([a], [b]) => compare(a.resource.type, b.resource.type));
  return table({
    name: 'ungoverned-types',
    caption: 'Resources without an IMDS setting in CloudFormation',
    columns: [{ label: 'Type' }, { label: 'Why' }, { label: 'Resources' }],
    rows: types.map(places => {
      const [{ resource: { type } }] = places;
      const surface = surfaceOf(type);
      return [
        code(type),
        [
          surface?.noControl ?? 'CloudFormation has no IMDS setting for it',
          surface && [LINE, link(surface.page, markup`AWS page${spoken(` about ${type}`)}`)],
        ],
        manyOf(places.map(({ template, resource }) => markup`${code(resource.logicalId)} <small>in <bdi>${template.stack}</bdi></small>`)),
      ];
    }),
  });
}

const LINE = markup`<br>`;

function manyOf(items: readonly Markup[]): Markup {
  const list = markup`<ul>${items.map(each => markup`<li>${each}</li>
`)}</ul>`;
  return items.length > FIRST ? folded(counted(items.length, 'resource'), list) : list;
}

/** Open in the file, so that it is seen without the script, which closes it. */
function folded(summary: string, content: Insert): Markup {
  return markup`<details class="rest" open><summary>${summary}</summary>${content}</details>`;
}

interface Place {
  readonly template: ExaminedTemplate;
  readonly resource: ExaminedResource;
  readonly shown: Verdict | 'exempt';
}

function placesOf(report: Report): readonly Place[] {
  const shown = shownOf(report);
  return report.templates.flatMap(template => template.resources.map(resource => ({ template, resource, shown: shown(template.file, resource) })));
}

function byType(places: readonly Place[]): Place[][] {
  return grouped(places, ({ resource }) => resource.type);
}

function stackName({ stack, file }: ExaminedTemplate, target: string | undefined): Markup {
  const name = markup`<bdi>${stack}</bdi>`;
  const linked = target === undefined ? name : markup`<a href="#${target}">${name}</a>`;
  return markup`${linked}${stack !== file && [LINE, markup`<small>${code(file)}</small>`]}`;
}

function byNeed(a: Line, b: Line): number {
  return b.tally.violation - a.tally.violation || b.tally['cannot tell'] - a.tally['cannot tell'] || compare(a.key, b.key);
}

/** Makes tables of some of the lines, on the scale of all. */
function postureTable(what: string, all: readonly Line[]): (caption: string, lines: readonly Line[]) => Markup {
  const scale = all.reduce((most, { tally }) => Math.max(most, sizeOf(tally)), 0);
  const shown = shownIn(all.map(({ tally }) => tally));
  const columns: Column[] = [{ label: what }, ...shown.map(({ label }) => ({ label, numeric: true as const }))];
  return (caption, lines) => table({
    name: 'posture',
    caption,
    columns,
    rows: lines.map(({ name, tally }) => [
      markup`${name}${bar(tally, scale)}`,
      ...shown.map(({ verdict, style }) => markup`<span class="${tally[verdict] === 0 ? 'zero' : style}">${tally[verdict]}</span>`),
    ]),
  });
}
