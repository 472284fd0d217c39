import { compare, Group, keyOf } from './groups';
import { code, Insert, link, Markup, markup, spoken } from './markup';
import { Column, table } from './table';
import { bar, SHOWN_VERDICTS, Tally, tallyOf } from './verdicts';
import { ExaminedResource } from '../../../engine/findings/finding';
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

export function postureByStack(templates: readonly ExaminedTemplate[], groups: readonly Group[]): Markup {
  const targets = new Map([...groups].reverse().map(group => [keyOf(group), group.id]));
  const lines = templates.filter(each => each.resources.length > 0)
    .map(each => ({ name: stackName(each, targets.get(keyOf(each))), key: each.stack, tally: tallyOf(each.resources) }))
    .sort(byNeed);
  const empty = templates.filter(each => each.resources.length === 0);
  const [first, more] = [lines.slice(0, FIRST), lines.slice(FIRST)];
  return markup`${first.length > 0 && postureTable('Posture by stack', 'Stack', first)}
${more.length > 0 && folded(counted(more.length, 'more stack'), postureTable('Posture by stack, continued', 'Stack', more))}
${empty.length > 0 && folded(`${counted(empty.length, 'template')} with no resource that launches instances`, markup`<ul class="files">
${empty.map(each => markup`<li>${code(each.file)}</li>
`)}</ul>`)}`;
}

export function postureByType(templates: readonly ExaminedTemplate[]): Markup {
  const types = byType(templates).map(places => {
    const [{ resource: { type } }] = places;
    return { name: code(type), key: type, tally: tallyOf(places.map(each => each.resource)) };
  });
  return markup`${types.length > 0 && postureTable('Posture by resource type', 'Type', types.sort(byNeed))}`;
}

/** What CloudFormation has no setting for, and why. */
export function notGoverned(templates: Report['templates']): Markup {
  const types = byType(templates.map(each => ({ ...each, resources: each.resources.filter(({ verdict }) => verdict === 'not governed') })))
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
}

function byType(templates: readonly ExaminedTemplate[]): Place[][] {
  const places = templates.flatMap(template => template.resources.map(resource => ({ template, resource })));
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

function postureTable(caption: string, what: string, lines: readonly Line[]): Markup {
  const columns: Column[] = [{ label: what }, ...SHOWN_VERDICTS.map(({ label }) => ({ label, numeric: true as const }))];
  return table({
    name: 'posture',
    caption,
    columns,
    rows: lines.map(({ name, tally }) => [
      markup`${name}${bar(tally)}`,
      ...SHOWN_VERDICTS.map(({ verdict, style }) => markup`<span class="${tally[verdict] === 0 ? 'zero' : style}">${tally[verdict]}</span>`),
    ]),
  });
}
