import { appColumns, FleetColumn, more, MOST, ownerColumns, RULE_COLUMNS, totalsIn } from './columns';
import { markOf, outcomeOf, passedOverOf, totalsOf } from './fleet-wording';
import { problemList } from '../../formats/html/exemptions';
import { code, DOT, Insert, Markup, markup } from '../../formats/html/markup';
import { pageOf } from '../../formats/html/page';
import { Section } from '../../formats/html/sections';
import { icon, level, Shape } from '../../formats/html/shapes';
import { table } from '../../formats/html/table';
import { bar, legend } from '../../formats/html/verdicts';
import { App, AppVerdict, Fleet, VERDICTS } from '../fleet';

const SHAPES: Readonly<Record<AppVerdict, Shape>> = {
  'not readable': 'violation', 'incomplete': 'violation', 'failed': 'violation', 'undecided': 'undecided', 'passed': 'compliant',
};

/** The fleet as one HTML file, in the look of the report of a check. */
export function html(fleet: Fleet): string {
  const { tool, date } = fleet;
  return pageOf({
    title: `${headlineOf(fleet)} · ${tool.name} summary`,
    header: header(fleet),
    sections: sectionsOf(fleet),
    footer: markup`Written by ${tool.name} ${tool.version} on ${date}. The same for machines: <code>--format json</code>.`,
    style: STYLE,
  });
}

/** Many columns: each is as wide as it needs, and a row becomes a list in a wider window than the rows of other tables do. */
const STYLE = `.fleet .number{width:auto}
.fleet .total{font-weight:650}
@media (min-width:76.01rem){
.fleet{font-size:.875rem}
.fleet th,.fleet td{padding-inline:0 .5rem}
.fleet thead .number{white-space:normal}
.fleet thead th,.fleet .level{overflow-wrap:normal}
.fleet th:first-child{min-width:8rem}
.fleet td:is([data-label="Next end"],[data-label=Settings]){min-width:5.75rem}
.fleet td[data-label=Checked]{white-space:nowrap}
.fleet td[data-label=Guard]{min-width:3.25rem}
}
@media (max-width:76rem){
.fleet,.fleet tbody,.fleet tr,.fleet tbody th,.fleet td{display:block}
.fleet thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.fleet tr{padding:.75rem 0;border-bottom:1px solid var(--line)}
.fleet tbody th,.fleet td{border:0;padding:.125rem 0}
.fleet td{position:relative;padding-left:7rem}
.fleet td.number{display:inline-block;padding-left:0;margin-right:1.25rem}
.fleet td::before{content:attr(data-label);position:absolute;left:0;color:var(--muted)}
.fleet td.number::before{position:static;margin-right:.5rem}
.fleet td:empty{display:none}
}
`;

function headlineOf(fleet: Fleet): string {
  const outcome = outcomeOf(fleet);
  return outcome.charAt(0).toUpperCase() + outcome.slice(1);
}

function header(fleet: Fleet): Markup {
  const { totals, tool, date } = fleet;
  const { compliant, violation, cannotTell, notGoverned, byVerdict } = totals;
  const tally = { compliant, violation, 'cannot tell': cannotTell, 'not governed': notGoverned, 'exempt': 0 }; // reports count exempt findings, not what they are about
  return markup`<header>
<p class="tool"><b>${tool.name}</b> ${tool.version} ${DOT} EC2 instance metadata (IMDS) ${DOT} <time datetime="${date}">${date}</time></p>
<h1>${icon(markOf(fleet))}${headlineOf(fleet)}</h1>
<p class="closing">${totalsOf(fleet)}</p>
${totals.resources > 0 && [bar(tally), legend(tally)]}
<dl class="facts">${VERDICTS.map(each => markup`<div><dt>Reports: ${each}</dt><dd>${byVerdict[each]}</dd></div>
`)}</dl>
</header>
`;
}

function sectionsOf(fleet: Fleet): readonly Section[] {
  const { problems, apps, rules, owners, passedOver } = fleet;
  const over = passedOverOf(fleet);
  return [
    ...problems.length === 0 ? [] : [{
      id: 'problems', title: 'Could not be read', count: problems.length, about: 'Nothing is known about what these hold.', content: problemList(problems),
    }],
    { id: 'reports', title: 'Reports', count: apps.length, about: 'Those that need somebody first.', content: apps.length > 0 && appTable(fleet) },
    {
      id: 'rules',
      title: 'Rules',
      count: rules.length,
      about: rules.length === 0 ? 'There are no new findings.' : 'New findings, the most frequent first.',
      content: rules.length > 0 && [counts('Rules by new findings', RULE_COLUMNS, rules), rest(more(rules, 'rule'))],
    },
    {
      id: 'owners',
      title: 'Owners of exemptions',
      count: owners.length,
      about: owners.length === 0 ? 'There are no exemptions.' : 'Who answers for most comes first.',
      content: owners.length > 0 && [counts('Exemptions by owner', ownerColumns(fleet), owners), rest(more(owners, 'owner'))],
    },
    ...over === undefined ? [] : [{
      id: 'inputs', title: 'Passed over', count: passedOver, about: 'Files in folders that are something else.', content: markup`<p>${over}</p>
`,
    }],
  ];
}

function appTable(fleet: Fleet): Markup {
  const { apps } = fleet;
  const behind = appColumns(fleet);
  const total = apps.length > 1 ? [[bold('All reports'), '', ...totalsIn(behind, fleet).map(bold)]] : [];
  return table({
    name: 'fleet',
    caption: 'Reports, with the resources that each has examined',
    columns: [{ label: 'Report' }, { label: 'Verdict' }, ...behind.map(({ label, numeric }) => ({ label, numeric }))],
    rows: [...apps.map(each => [nameOf(each), level(SHAPES[each.verdict], each.verdict), ...behind.map(({ cell }) => cell(each))]), ...total],
  });
}

function nameOf({ name, file }: App): Markup {
  return markup`<bdi>${name}</bdi>${name !== file && markup`<br><small>${code(file)}</small>`}`;
}

function bold(text: string): Insert {
  return text === '' ? '' : markup`<span class="total">${text}</span>`;
}

function counts<Row>(caption: string, shown: readonly FleetColumn<Row>[], rows: readonly Row[]): Markup {
  return table({
    name: 'fleet',
    caption,
    columns: shown.map(({ label, numeric }) => ({ label, numeric })),
    rows: rows.slice(0, MOST).map(each => shown.map(({ cell }) => cell(each))),
  });
}

function rest(text: string | undefined): Insert {
  return text !== undefined && markup`<p>${text}</p>
`;
}
