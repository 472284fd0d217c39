import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { html } from '../../../src/cli/formats/html/html';
import { DARK, LIGHT, Palette } from '../../../src/cli/formats/html/palette';
import { SCRIPT } from '../../../src/cli/formats/html/script';
import { outcomeOf, summaryOf } from '../../../src/cli/formats/wording';
import { Verdict } from '../../../src/engine/findings/finding';
import { ExaminedTemplate, Report, ReportedExemption, ReportedFinding } from '../../../src/engine/findings/report';

const page = (report: Report, quiet = false): string => html(report, { colour: true, quiet });

describe('the result', () => {
  test.each([
    ['a check that fails', sampleReport()],
    ['unreadable inputs', sampleReportWithProblems()],
    ['a check that passes', reportOf({ templates: [templateOf('compliant')] })],
    ['a check that passes with something undecided', reportOf({ templates: [templateOf('compliant', 'cannot tell')] })],
    ['no template', reportOf()],
  ])('is told in the words of the other formats: %s', (_, report) => {
    const [, headline] = /<h1>(.*)<\/h1>/.exec(page(report))!;

    expect(textOf(headline).toLowerCase()).toBe(outcomeOf(report).toLowerCase());
    expect(textOf(page(report))).toContain(summaryOf(report));
  });

  test('has the tick only where nothing is left open', () => {
    const shapeOf = (report: Report): string => /<h1><svg class="icon (\w+)"/.exec(page(report))![1];

    expect(shapeOf(reportOf({ templates: [templateOf('compliant')] }))).toBe('compliant');
    expect(shapeOf(reportOf({ templates: [templateOf('compliant', 'cannot tell')] }))).toBe('undecided');
    expect(shapeOf(reportOf({ templates: [templateOf()] }))).toBe('undecided');
    expect(shapeOf(sampleReport())).toBe('violation');
    expect(shapeOf(reportOf({ templates: [templateOf('compliant')], problems: [{ file: 'a.yaml', message: 'is empty' }] }))).toBe('violation');
  });

  test('names the tool, its version and the day', () => {
    expect(textOf(page(sampleReport()))).toContain('imds-guard 1.2.3 · EC2 instance metadata (IMDS) · 2026-03-14');
  });

  test('is the same text for the same report', () => {
    expect(page(sampleReport())).toBe(page(sampleReport()));
  });
});

describe('the file', () => {
  test('allows nothing but its own style and script', () => {
    const text = page(sampleReport());
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)!;
    const hashOf = (tag: string): string => {
      const [, content] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(text)!;
      return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    };

    expect(policy.split('; ')).toEqual([
      "default-src 'none'", `style-src ${hashOf('style')}`, `script-src ${hashOf('script')}`, "base-uri 'none'", "form-action 'none'",
    ]);
  });

  test('names nothing to load, and has no style or script in an attribute', () => {
    const tags = page(sampleReport()).replace(/<script>[^]*<\/script>/, '').match(/<[a-z][^>]*>/g)!;

    expect(tags.filter(tag => /^<(link|img|iframe|object|embed|base|source|video|audio|script)\b/.test(tag))).toEqual([]);
    expect(tags.filter(tag => /\s(src|srcset|style|on\w+|action|formaction|background|xlink:href)=/.test(tag))).toEqual([]);
    expect(tags.filter(tag => /\shref=/.test(tag) && !/\shref="(#[\w-]+|https:\/\/[^"]+)"/.test(tag))).toEqual([]);
    expect(page(sampleReport())).not.toMatch(/@import|url\((?!#)/);
  });

  test('ends its script and style nowhere but at their ends', () => {
    expect(page(sampleReport()).match(/<\/script/g)).toHaveLength(1);
    expect(page(sampleReport()).match(/<\/style/g)).toHaveLength(1);
    expect(SCRIPT).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(/);
  });

  test('has each id once, and a target for each link inside it', () => {
    const text = page(sampleReportWithProblems());
    const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    const targets = [...text.matchAll(/(?:href="#|for="|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);

    expect(ids).toEqual([...new Set(ids)]);
    expect(targets.filter(id => !ids.includes(id))).toEqual([]);
  });

  test('has headings without a gap', () => {
    const levels = [...page(sampleReportWithProblems()).matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));

    expect(levels[0]).toBe(1);
    expect(levels.filter((level, i) => i > 0 && (level === 1 || level > levels[i - 1] + 1))).toEqual([]);
  });

  test('gives every table a caption, and every heading of a row and a column its scope', () => {
    const text = page(sampleReport());

    expect(text.match(/<table[^>]*><caption>[^<]+<\/caption>/g)).toHaveLength(text.match(/<table/g)!.length);
    expect(text.match(/<th\b(?![^>]*\sscope="(col|row)")/g)).toBeNull();
  });
});

describe('text of a template', () => {
  /** What the parser of a browser would see as markup, with every attribute that is not text of the report. */
  const skeleton = (text: string): string[] => text.match(/<\/?[a-z][^\s>]*|"/g)!;
  const parts = ['<', '>', '"', "'", '&', '/', '`', '${', '-->', ']]>', '</script>', '<img src=x onerror=alert(1)>', '\0', '\u202e', 'a', ' '];
  const nasty = fc.array(fc.constantFrom(...parts)).map(some => `x${some.join('')}`);

  test('adds no tag and no quotation mark, whatever it is', () => {
    const harmless = skeleton(page(reportWith('x')));

    fc.assert(fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' }).map(text => `x${text}`)), text => {
      expect(skeleton(page(reportWith(text)))).toEqual(harmless);
    }), { numRuns: 100 });
  });

  test('is shown as it is', () => {
    expect(page(reportWith('</script><b>&amp;'))).toContain('<code>&lt;/script&gt;&lt;b&gt;&amp;amp;</code>');
  });

  test('cannot turn the direction of what is around it', () => {
    expect(page(reportWith('a\u202eb\u0000'))).toContain('<code>a\\u202eb\\u0000</code>');
  });

  test.each([
    'javascript:alert(1)', 'http://insecure.invalid/', ' https://padded.invalid/', 'data:text/html,x',
  ])('is no link where it is no address of a web page: %s', address => {
    const text = page(reportOf({ findings: [findingOf({ rule: 'imdsv1-allowed', page: address })] }));

    expect(text).not.toContain(`href="${address}"`);
    expect(text).toContain(address.trim());
  });
});

describe('a finding', () => {
  const [finding] = sampleReport().findings;
  const entry = (report: Report): string => /<li class="finding"[^]*?<\/li>/.exec(page(report))![0];

  test('says everything about itself', () => {
    const text = textOf(entry(reportOf({ findings: [finding] })));

    for (const part of [finding.rule, finding.logicalId, finding.type, finding.constructPath!, finding.path, finding.reason, finding.fix,
      '"optional"', `${finding.file}:42:11`, finding.fingerprint, 'Error', 'A value lets instances answer IMDSv1']) {
      expect(text).toContain(part);
    }
    expect(entry(reportOf({ findings: [finding] }))).toContain(`<a class="page" href="${finding.page}"`);
  });

  test('leaves out what is not known', () => {
    const text = textOf(entry(reportOf({ findings: [findingOf({ rule: 'internal-error', logicalId: '', type: '', path: '', page: '' })] })));

    expect(text).toContain('the template');
    expect(text).not.toMatch(/undefined|Construct|Property|AWS page/);
  });

  test('is open, so that it is read without the script', () => {
    expect(page(sampleReport())).not.toMatch(/<details(?! (class="rest" )?open>)/);
  });

  test('is of the baseline or exempt in words, with the reason of the exemption', () => {
    const exempt = sampleReport().findings.find(each => each.status === 'exempt')!;
    const text = textOf(entry(sampleReport({ findings: [exempt] })));

    expect(text).toContain('Exempt');
    expect(text).toContain('the vendor appliance reads metadata the version 1 way until release 8');
    expect(textOf(entry(reportOf({ findings: [{ ...finding, status: 'baseline' }] })))).toContain('In the baseline');
    expect(textOf(entry(reportOf({ findings: [finding] })))).not.toMatch(/In the baseline|Exempt/);
  });

  test('shows a long value in part', () => {
    const text = entry(reportOf({ findings: [{ ...finding, values: ['v'.repeat(10_000)] }] }));

    expect(text).toContain('vvv…');
    expect(text.length).toBeLessThan(4000);
  });

  test('has an address of its own, even where two have the same fingerprint', () => {
    const text = page(reportOf({ findings: [finding, finding, { ...finding, fingerprint: 'a b"c' }] }));

    expect([...text.matchAll(/<li class="finding" id="([^"]*)"/g)].map(([, id]) => id))
      .toEqual(['finding-a1f0c3d2e4b59687', 'finding-a1f0c3d2e4b59687_2', 'finding-a-b-c']);
  });
});

describe('findings', () => {
  test('come by stack, the most failing first, and in it what fails first', () => {
    const titles = [...section(page(sampleReport()), 'findings').matchAll(/<h3[^>]*><bdi>([^<]*)/g)].map(([, stack]) => stack);
    const [first] = section(page(sampleReport()), 'findings').split('</ul>');

    expect(titles).toEqual(['Production/Web', 'legacy/bastion hosts.yaml', 'Production/Web/Network', 'Batch']);
    expect([...first.matchAll(/data-status="(\w+)"/g)].map(([, status]) => status)).toEqual(['new', 'new', 'new', 'exempt']);
  });

  test('of two files are apart though their stacks have one name', () => {
    const findings = ['a.json', 'b.json'].map(file => findingOf({ rule: 'imdsv1-allowed', file, stack: 'Web' }));

    expect(section(page(reportOf({ findings })), 'findings').match(/<h3/g)).toHaveLength(2);
  });

  test('that are undecided have a section of their own', () => {
    const text = page(sampleReport());

    expect(section(text, 'undecided')).toContain('undecided-launch-template');
    expect(section(text, 'findings').match(/<li class="finding"[^>]*data-rule="undecided/)).toBeNull();
  });

  test.each([
    ['fail', '--cannot-tell fail'], ['warn', 'does not fail'], ['ignore', 'counted, but not listed'],
  ] as const)('that are undecided say what becomes of them: %s', (cannotTell, words) => {
    expect(textOf(section(page(sampleReport({ cannotTell })), 'undecided'))).toContain(words);
  });

  test('that are undecided are counted where they are not listed', () => {
    const text = page(sampleReport({ cannotTell: 'ignore' }));

    expect(section(text, 'undecided')).not.toContain('class="finding"');
    expect(textOf(text)).toContain('2 cannot tell');
  });

  test('are said to be none where there are none', () => {
    const text = page(reportOf({ templates: [templateOf('compliant')] }));

    expect(textOf(section(text, 'findings'))).toContain('There are none.');
    expect(text).not.toContain('<form');
    expect(text).not.toContain('id="undecided"');
  });

  test('can be chosen by every level, status and rule that there is, with its number', () => {
    const options = [...page(sampleReport()).matchAll(/<option value="[^"]+">([^<]*)/g)].map(([, label]) => label);

    expect(options).toEqual([
      'Error (8)', 'Note (1)', 'Warning (2)', 'In the baseline (1)', 'Exempt (1)', 'New (9)',
      'exemption-expired (1)', 'hop-limit-too-high (1)', 'hop-limit-too-low (1)', 'imdsv1-allowed (4)', 'imdsv2-not-required (2)',
      'undecided-default (1)', 'undecided-launch-template (1)',
    ]);
  });

  test('are only those that fail when quiet', () => {
    const text = page(sampleReport(), true);

    expect([...text.matchAll(/<li class="finding"[^>]*data-level="(\w+)" data-status="(\w+)"/g)].map(([, ...each]) => each.join(' ')))
      .toEqual(Array(6).fill('error new'));
    expect(text).not.toContain('id="exemptions"');
    expect(textOf(text)).toContain('Only what fails the check is listed: --quiet.');
    expect(textOf(text)).toContain(summaryOf(sampleReport()));
  });
});

describe('posture', () => {
  test('has a row for each stack, worst first, that leads to its findings', () => {
    const rows = rowsOf(page(sampleReport()), 'Posture by stack');

    expect(rows.map(textOf)).toEqual([
      expect.stringMatching(/^Production\/Web\s.*2\s*1\s*1\s*0\s*1$/),
      expect.stringMatching(/^legacy\/bastion hosts.yaml\s*2\s*0\s*0\s*0\s*0$/),
      expect.stringMatching(/^Production\/Web\/Network\s.*1\s*0\s*0\s*0\s*1$/),
      expect.stringMatching(/^Batch\s.*0\s*1\s*0\s*1\s*1$/),
    ]);
    expect(rows[0]).toContain('href="#stack-1"');
  });

  test('has a row for each type', () => {
    expect(rowsOf(page(sampleReport()), 'Posture by resource type').map(row => textOf(row).replace(/\s+/g, ' '))).toEqual([
      'AWS::EC2::Instance 5 0 1 0 1',
      'AWS::AutoScaling::AutoScalingGroup 0 1 0 0 0',
      'AWS::Batch::ComputeEnvironment 0 1 0 0 0',
      'AWS::EC2::LaunchTemplate 0 0 0 0 2',
      'AWS::Lightsail::Instance 0 0 0 1 0',
    ]);
  });

  test('draws bars whose parts fill the whole, and that show one among thousands', () => {
    const text = page(reportOf({ templates: [templateOf('violation', ...Array<Verdict>(5000).fill('compliant'))] }));
    const [bar] = /<svg class="bar"[^]*?<\/svg>/.exec(text)!;
    const parts = [...bar.matchAll(/class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"/g)].map(([, name, x, width]) => [name, Number(x), Number(width)]);

    expect(parts.map(([name]) => name)).toEqual(['violation', 'compliant']);
    expect(parts[0][2]).toBeGreaterThan(1.5);
    expect(Number(parts[1][1]) + Number(parts[1][2])).toBeCloseTo(100);
  });

  test('draws the bars of a table on one scale', () => {
    const stacks = [['violation'], ['violation', 'compliant', 'compliant', 'compliant'], ['compliant', 'compliant']] as const;
    const templates = stacks.map((verdicts, i) => ({ ...templateOf(...verdicts), stack: `Stack${i}`, file: `${i}.json` }));
    const bars = rowsOf(page(reportOf({ templates })), 'Posture by stack')
      .map(row => [...row.matchAll(/<rect [^>]*width="([\d.]+)%"/g)].reduce((sum, [, width]) => sum + Number(width), 0));

    expect(bars).toEqual([25, 100, 50]);
  });

  describe('shows exempt apart', () => {
    const at = { file: 'a.json', stack: 'A', rule: 'imdsv1-allowed' } as const;
    const shown = (findings: Partial<ReportedFinding>[], verdicts: Verdict[] = ['violation', 'compliant']): string => (
      textOf(rowsOf(page(reportOf({ templates: [templateOf(...verdicts)], findings: findings.map(each => findingOf({ ...at, logicalId: 'R0', ...each })) })),
        'Posture by stack')[0]).replace(/\s+/g, ' ').replace('A a.json ', '')
    );

    test('where all that makes a resource a violation is exempt', () => {
      expect(shown([{ status: 'exempt' }])).toBe('0 0 1 0 1');
    });

    test('but not where something of it is open, in the baseline, or of another verdict', () => {
      expect(shown([{ status: 'exempt' }, { status: 'new', path: 'Other' }])).toBe('1 0 0 1');
      expect(shown([{ status: 'exempt' }, { status: 'baseline', path: 'Other' }])).toBe('1 0 0 1');
      expect(shown([{ status: 'exempt', rule: 'hop-limit-too-low', verdict: 'advice' }])).toBe('1 0 0 1');
      expect(shown([{ status: 'exempt', file: 'b.json' }])).toBe('1 0 0 1');
    });

    test('also of what is undecided, and never of what has no finding of its own', () => {
      expect(shown([{ status: 'exempt', rule: 'undecided-value', verdict: 'cannot tell' }], ['cannot tell'])).toBe('0 0 1 0 0');
      expect(shown([], ['violation'])).toBe('1 0 0 0');
    });

    test('in the bar of the whole, too', () => {
      expect(textOf(/<dl class="legend">[^]*?<\/dl>/.exec(page(sampleReport()))![0]).replace(/\s+/g, ' '))
        .toBe('Violation 5 Cannot tell 2 Exempt 1 Not governed 1 Compliant 3');
    });
  });

  test('folds stacks beyond the first twenty, and templates that launch nothing', () => {
    const stacks = Array.from({ length: 23 }, (_, i) => ({ ...templateOf('compliant'), stack: `Stack${i}`, file: `${i}.json` }));
    const text = textOf(page(reportOf({ templates: [...stacks, templateOf()] })));

    expect(text).toContain('3 more stacks');
    expect(text).toContain('1 template with no resource that launches instances');
    expect(textOf(page(sampleReport()))).not.toMatch(/more stack|no resource that launches/);
  });

  test('tells which resources are not governed, and why', () => {
    const text = textOf(section(page(sampleReport()), 'not-governed'));

    expect(text).toContain('AWS::Lightsail::Instance');
    expect(text).toContain('BuildServer in Batch');
    expect(text).toContain('only the Lightsail API has the setting');
    expect(page(reportOf({ templates: [templateOf('compliant')] }))).not.toContain('id="not-governed"');
  });
});

describe('exemptions', () => {
  const EXEMPTIONS = 'Exemptions and acknowledgements, those that need attention first';

  test('are listed with owner, reason, end and days left, those first that need attention', () => {
    const rows = rowsOf(page(sampleReport()), EXEMPTIONS).map(row => textOf(row).replace(/\s+/g, ' '));

    expect(rows).toEqual([
      'OldBastion legacy/bastion hosts.yaml Expired ended 14 days ago 2026-02-28 operations is retired in February all rules Exemption in code',
      expect.stringContaining('Expiring 6 days left 2026-03-20 platform@example.com the vendor appliance'),
      expect.stringContaining('Unused no end date none named agreed with the security team imdsv1-allowed CDK acknowledgement'),
      expect.stringContaining('Active 292 days left 2026-12-31 batch containers do not need the metadata service hop-limit-too-low Exemptions file'),
    ]);
  });

  test('have an order that does not depend on how they come', () => {
    const { exemptions } = sampleReport();
    const more: ReportedExemption[] = [
      { ...exemptions[1], state: 'invalid', logicalId: 'B', until: undefined, daysLeft: undefined, reason: '' },
      { ...exemptions[1], state: 'invalid', logicalId: 'A', until: 'soon', daysLeft: undefined },
      { ...exemptions[1], state: 'not allowed', logicalId: 'C', daysLeft: 400 },
      { ...exemptions[1], logicalId: 'Older', daysLeft: -30 },
    ];
    const names = (all: readonly ReportedExemption[]): string[] => (
      rowsOf(page(sampleReport({ exemptions: all })), EXEMPTIONS).map(row => textOf(row).split(/\s/)[0])
    );

    const expected = ['Older', 'OldBastion', 'A', 'B', 'C', 'CacheC9D0E1F2', 'Proxy', 'HostTemplate'];
    expect(names([...exemptions, ...more])).toEqual(expected);
    expect(names([...more, ...exemptions].reverse())).toEqual(expected);
  });

  test('are said to be none where there are none', () => {
    expect(textOf(section(page(reportOf({ templates: [templateOf('compliant')] })), 'exemptions'))).toContain('There are none.');
  });
});

describe('findings that are alike', () => {
  const at = { rule: 'imdsv1-allowed', file: 'a.json', stack: 'A' } as const;
  const all = ['One', 'Two', 'Three', 'Four'].map((logicalId, i) => findingOf({ ...at, logicalId, line: i + 1, fingerprint: `print${i}`, constructPath: `App/${logicalId}` }));
  const cards = (findings: readonly ReportedFinding[]): string[] => (
    (page(reportOf({ findings })).match(/<li class="finding"[^]*?<\/details>/g) ?? []).map(each => textOf(each).replace(/\s+/g, ' '))
  );

  test('are one card, which names the first three, and the place of each', () => {
    const [card, ...others] = cards(all);

    expect(others).toEqual([]);
    expect(card).toMatch(/^Error One, Two, Three and 1 more AWS::EC2::Instance/);
    expect(card.match(/imdsv1-allowed/g)).toHaveLength(2); // beside the names, and in the link to what is written about the rule
    all.forEach(({ line, logicalId }) => expect(card).toContain(`${logicalId} a.json:${line} App/${logicalId}`));
  });

  test('have an address each, and are all counted', () => {
    const text = page(reportOf({ findings: all }));

    all.forEach(({ fingerprint }) => expect(text).toContain(`<li id="finding-${fingerprint}">`));
    expect(textOf(section(text, 'findings'))).toContain('4 of 4 findings shown.');
    expect(/<h3>[^]*?<\/h3>/.exec(text)![0]).toContain('<span class="count">4</span>');
  });

  test.each([
    ['reason', { reason: 'another' }], ['value', { values: ['other'] }], ['fix', { fix: 'another' }], ['status', { status: 'exempt' }], ['stack', { stack: 'B' }],
  ] as const)('are not where they differ in %s', (_, parts) => {
    expect(cards([all[0], { ...all[1], ...parts }])).toHaveLength(2);
  });

  test('are not where one resource has more', () => {
    expect(cards([all[0], all[1], { ...all[1], rule: 'hop-limit-too-high', fingerprint: 'more' }])).toHaveLength(3);
  });
});

test('findings come before the posture', () => {
  const ids = [...page(sampleReport()).matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);

  expect(ids).toEqual(['findings', 'undecided', 'posture', 'exemptions', 'not-governed']);
});

test('inputs that could not be read come before everything else, with their place', () => {
  const text = page(sampleReportWithProblems());

  expect(/<section id="(\w+)"/.exec(text)![1]).toBe('problems');
  expect(textOf(section(text, 'problems'))).toContain('legacy/broken.yaml:3:14 bad indentation of a mapping entry');
  expect(page(sampleReport())).not.toContain('id="problems"');
});

describe.each([['light', LIGHT], ['dark', DARK]])('the %s palette', (_, palette) => {
  const texts = ['text', 'muted', 'link', 'violation', 'undecided', 'compliant', 'ungoverned', 'note'] as const satisfies readonly (keyof Palette)[];

  test.each(texts)('has %s at 4.5 to 1 or more on both grounds', name => {
    expect(contrast(palette[name], palette.page)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette[name], palette.surface)).toBeGreaterThanOrEqual(4.5);
  });

  test('has borders of controls at 3 to 1 or more on both grounds', () => {
    expect(contrast(palette.control, palette.page)).toBeGreaterThanOrEqual(3);
    expect(contrast(palette.control, palette.surface)).toBeGreaterThanOrEqual(3);
  });
});

test('contrast is measured as WCAG has it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

/** WCAG 2: the relative luminance of the lighter to that of the darker. */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function templateOf(...verdicts: Verdict[]): ExaminedTemplate {
  return { file: 'a.json', stack: 'A', resources: verdicts.map((verdict, i) => ({ logicalId: `R${i}`, type: 'AWS::EC2::Instance', verdict })) };
}

/** A report with one text wherever text of a template or of a person can be. */
function reportWith(text: string): Report {
  const resource = { logicalId: text, type: text, constructPath: text };
  const place = { file: text, stack: `${text} stack` };
  return reportOf({
    templates: [
      { ...place, resources: (['violation', 'not governed'] as const).map(verdict => ({ ...resource, verdict })) },
      { file: `${text}2`, stack: text, resources: [] },
    ],
    findings: (['imdsv1-allowed', 'undecided-value'] as const).map(rule => findingOf({
      ...resource, ...place, rule, path: text, values: [text, { [text]: text }], reason: text, fix: text, page: `https://${text}`, fingerprint: text,
    })),
    exemptions: [{ ...resource, ...place, source: 'exemption', reason: text, owner: text, until: text, daysLeft: 3, rules: [text], state: 'active' }],
    problems: [{ file: text, line: 1, message: text }],
  });
}

function section(text: string, id: string): string {
  return new RegExp(`<section id="${id}"[^]*?</section>`).exec(text)![0];
}

function rowsOf(text: string, caption: string): string[] {
  const [table] = new RegExp(`<caption>${caption}</caption>[^]*?</table>`).exec(text)!;
  return table.split('<tbody')[1].match(/<tr[^]*?<\/tr>/g)!;
}

function textOf(markup: string): string {
  const entities: { [entity: string]: string } = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return markup.replace(/<(br|\/th|\/td|\/dt|\/dd)[^>]*>/g, ' ').replace(/<[^>]*>/g, '')
    .replace(/&[^;]+;/g, entity => entities[entity] ?? entity).trim();
}
