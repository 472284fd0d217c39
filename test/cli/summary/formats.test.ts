import { failing, passing, sampleFleet } from './sample-fleet';
import { FleetBuilder } from '../../../src/cli/summary/build-fleet';
import { Fleet } from '../../../src/cli/summary/fleet';
import { SUMMARY_FORMAT_NAMES, SUMMARY_FORMATS, SummaryFormatName } from '../../../src/cli/summary/formats';
import { Report } from '../../../src/engine/findings/report';
import { findingOf } from '../formats/sample-report';

const shown = (name: SummaryFormatName, fleet: Fleet): string => SUMMARY_FORMATS[name].render(fleet, { colour: false });

test('there are the formats that the help names', () => {
  expect(SUMMARY_FORMAT_NAMES).toEqual(['text', 'json', 'markdown', 'html']);
});

test.each<SummaryFormatName>(['text', 'markdown'])('%s looks as it did', name => {
  expect(shown(name, sampleFleet())).toMatchSnapshot();
});

test.each(SUMMARY_FORMAT_NAMES)('%s ends with one newline, also where there is nothing', name => {
  const empty = new FleetBuilder().build({ version: '1.2.3', date: '2026-03-21', passedOver: 0 });
  for (const fleet of [sampleFleet(), empty]) { expect(shown(name, fleet)).toMatch(/[^\n]\n$/); }
  expect(empty.exitCode).toBe(2);
});

/** One text in every place of a report that a summary shows. */
function hostileFleet(text: string): Fleet {
  const builder = new FleetBuilder();
  const report: Report = {
    ...failing(),
    name: text,
    tool: { name: 'imds-guard', version: text },
    findings: [{ ...findingOf({ rule: 'imdsv1-allowed' }), rule: text as 'imdsv1-allowed' }],
    exemptions: [{ file: text, stack: text, logicalId: text, source: 'exemption', reason: text, owner: text, until: text, state: 'active' }],
    settings: { files: [{ file: text, by: text }], loosened: [] },
  };
  builder.add(text, report);
  builder.add(`${text}.json`, passing());
  builder.refuse(`${text}/cut.json`, text);
  return builder.build({ version: '1.2.3', date: '2026-03-21', passedOver: 0 });
}

describe('text of a report is shown as text', () => {
  test.each(['<script>x</script>', '"><img src=x onerror=x>', '</style><b>'])('in HTML: %s', text => {
    expect(shown('html', hostileFleet(text))).not.toContain(text);
  });

  test.each(['a|b', '<b>x</b>', '[x](https://x.invalid)', '`x`', '@team', '![x](y)'])('in Markdown: %s', text => {
    expect(shown('markdown', hostileFleet(text)).replace(/<code>@team/g, '')).not.toContain(text); // nobody is told in the type of code
  });

  test.each<[SummaryFormatName]>([['text'], ['markdown'], ['html'], ['json']])('in %s without controls, and in a line', name => {
    const output = shown(name, hostileFleet('a\u001b[31m\u202e\r\nqq\u2028c##vso[task.x]'));

    expect(output).not.toMatch(/[\u001b\u202e\r\u2028]|##vso|\nqq/);
  });

  test('in a terminal of GitHub, where a line may be a command', () => {
    expect(shown('text', hostileFleet('::error::x'))).not.toMatch(/^\s*::/m);
  });
});

test('text is a table whose columns stand under each other, and long names are cut', () => {
  const builder = new FleetBuilder();
  builder.add('a.json', { ...failing(), name: 'n'.repeat(500) });
  builder.add('b.json', passing());
  const [head, rule, ...rows] = shown('text', builder.build({ version: '1', date: '2026-03-21', passedOver: 0 })).split('\n\n')[0].trimEnd().split('\n');

  expect(rows[0].indexOf('failed')).toBe(head.indexOf('Verdict'));
  expect(rows[1].indexOf('passed')).toBe(head.indexOf('Verdict'));
  expect([...rule.split('  ')[0]].length).toBe(40);
  expect(rows.at(-1)).toMatch(/^all +2 +1 +0 +0$/);
});

test('columns that no report has anything for are left out', () => {
  const builder = new FleetBuilder();
  builder.add('b.json', passing());
  const [head] = shown('text', builder.build({ version: '1', date: '2026-03-21', passedOver: 0 })).split('\n');

  expect(head.split(/ {2,}/)).toEqual(['Report', 'Verdict', 'Resources', 'Violations', 'Cannot tell', 'Exempt', 'Checked', 'Guard']);
});

test('an exemption that ended after the check is told', () => {
  expect(shown('text', sampleFleet())).toContain('2026-03-20, ended since');
  expect(shown('text', { ...sampleFleet(), date: '2026-03-20' })).not.toContain('ended since');
});

test('Markdown of a large fleet keeps to what GitHub takes, and tells what is left out', () => {
  const builder = new FleetBuilder();
  Array.from({ length: 2_000 }, (_, i) => builder.add(`app-with-some-name-${i}.json`, passing()));
  const output = shown('markdown', builder.build({ version: '1', date: '2026-03-21', passedOver: 0 }));

  expect(output.length).toBeLessThan(65_536);
  expect(output).toMatch(/… and \d+ more, left out/);
});

test('people are shown ten rules, machines all', () => {
  const builder = new FleetBuilder();
  builder.add('a.json', { ...failing(), findings: Array.from({ length: 14 }, (_, i) => ({ ...findingOf({ rule: 'imdsv1-allowed' }), rule: `rule-${i}` as 'imdsv1-allowed' })) });
  const fleet = builder.build({ version: '1', date: '2026-03-21', passedOver: 0 });

  for (const name of ['text', 'markdown', 'html'] as const) { expect(shown(name, fleet)).toContain('4 more rules: --format json lists all'); }
  expect(fleet.rules).toHaveLength(14);
});
