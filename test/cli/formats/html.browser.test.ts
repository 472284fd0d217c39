import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { html } from '../../../src/cli/formats/html/html';
import { ExaminedTemplate, Report } from '../../../src/engine/findings/report';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const CHROMIUM = [process.env.CHROMIUM_PATH, ...PLACES].find(path => path && existsSync(path));

/** Without them Chromium looks for updates and hosts on its own, which a closed network shows as errors. */
const QUIET = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The rules of axe, where it is installed. */
const AXE = pathOf('axe-core/axe.min.js');

if (!CHROMIUM) {
  const message = 'SKIPPED: no Chromium to open the HTML report in; install one or name it in CHROMIUM_PATH';
  console.warn(message);
  test.skip(message, () => undefined);
}

(CHROMIUM ? describe : describe.skip)('the HTML report in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-html-'));
  let browser: Browser;

  beforeAll(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET }); });

  afterEach(async () => { await Promise.all(browser.contexts().map(each => each.close())); });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('loads', () => {
    test('nothing but itself, without an error and without a violation of its policy', async () => {
      const { page, requests, complaints } = await open(html(sampleReportWithProblems(), OPTIONS));
      await page.getByLabel('Search').fill('bastion');
      await textIs(page, '3 of 11 findings shown.');
      await page.getByRole('button', { name: 'Collapse all' }).click();
      await page.locator('.finding:visible summary').first().click();

      expect(requests).toEqual([page.url()]);
      expect(complaints).toEqual([]);
    });

    test('and runs nothing that was smuggled into the file', async () => {
      const smuggled = '<img src="https://imds-guard.invalid/a.png" onerror="window.hacked=1">'
        + '<script>window.hacked=1</script><b onclick="" style="color:red">';
      const { page, refused, complaints } = await open(html(sampleReport(), OPTIONS).replace('<header>', `${smuggled}<header>`));

      expect(refused).toEqual(['https://imds-guard.invalid/a.png csp']);
      for (const kind of ['image', 'inline script', 'inline style']) { expect(complaints.join('\n')).toMatch(new RegExp(kind, 'i')); }
      expect(await page.evaluate('window.hacked')).toBeUndefined();
    });

    test.each([
      '</script><img src=x onerror="window.hacked=1">', '</style><svg onload="window.hacked=1">',
      '"><script>window.hacked=1</script>', "' onmouseover='window.hacked=1' x='",
    ])('and shows text of a template as text: %s', async text => {
      const { page, requests, complaints } = await open(html(hostileReport(text), OPTIONS));
      await page.getByLabel('Search').fill(text);
      await page.locator('.finding summary').first().hover();

      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('.finding .what code').first().textContent()).toBe(text);
      expect(await page.locator('img, main script, main style').count()).toBe(0);
      expect([requests.length, complaints]).toEqual([1, []]);
    });
  });

  describe('by keyboard alone', () => {
    test('skips to the content', async () => {
      const { page } = await open(html(sampleReport(), OPTIONS));
      const link = page.getByRole('link', { name: 'Skip to the content' });
      expect((await link.boundingBox())!.y).toBeLessThan(0);

      await page.keyboard.press('Tab');
      expect((await link.boundingBox())!.y).toBeGreaterThanOrEqual(0);

      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('main');
    });

    test('filters by text and by choice, tells how many are left, and resets', async () => {
      const { page } = await open(html(sampleReport(), OPTIONS));
      const result = page.getByRole('status');
      expect(await result.getAttribute('aria-live')).toBe('polite');

      await tabTo(page, '#filter-text');
      await page.keyboard.type('bastion hosts');
      await textIs(page, '3 of 11 findings shown.');
      expect(await page.locator('.finding:visible').count()).toBe(3);
      expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([expect.stringContaining('legacy/bastion hosts.yaml')]);

      await tabTo(page, '#filter-status');
      await page.keyboard.type('New');
      await textIs(page, '2 of 11 findings shown.');
      expect(await page.locator('.stack:visible .count').textContent()).toBe('2 of 3');

      await tabTo(page, '#filter-rule');
      await page.keyboard.type('imdsv1');
      await textIs(page, '1 of 11 findings shown.');
      expect(await page.locator('.finding:visible').textContent()).toContain('OldBastion');

      await tabTo(page, '#filter button[type=reset]');
      await page.keyboard.press('Enter');
      await textIs(page, '11 of 11 findings shown.');
      expect(await page.locator('.finding:visible').count()).toBe(11);
    });

    test('is told where no finding matches', async () => {
      const { page } = await open(html(sampleReport(), OPTIONS));
      await page.getByLabel('Search').fill('nothing is called so');

      await textIs(page, '0 of 11 findings shown. Change or reset the filter to see more.');
      expect(await page.locator('.finding:visible').count()).toBe(0);
    });

    test('folds and unfolds a finding', async () => {
      const { page } = await open(html(sampleReport(), OPTIONS));
      const fix = page.locator('.finding dd').first();

      await tabTo(page, '.finding summary');
      await page.keyboard.press('Enter');
      expect(await fix.isVisible()).toBe(false);

      await page.keyboard.press('Space');
      expect(await fix.isVisible()).toBe(true);
    });

    test('sees where it is', async () => {
      const { page } = await open(html(sampleReport(), OPTIONS));
      for (let i = 0; i < 25; i++) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate('(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + " " + s.outlineWidth; })()'))
          .toBe('solid 3px');
      }
    });
  });

  describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
    test.each([1280, 320])('has 4.5 to 1 or more for all text, %i pixels wide', async width => {
      const { page } = await open(html(sampleReportWithProblems(), OPTIONS), { colorScheme, viewport: { width, height: 800 } });

      const contrasts = await page.evaluate(contrastsInPage) as { text: string; ratio: number }[];
      expect(contrasts.length).toBeGreaterThan(100);
      expect(contrasts.filter(each => each.ratio < 4.5)).toEqual([]);
    });

    (AXE ? test : test.skip)(AXE ? 'keeps to the rules of axe' : 'keeps to the rules of axe: SKIPPED, axe-core is not installed', async () => {
      const { page } = await open(html(sampleReportWithProblems(), OPTIONS), { colorScheme });
      await page.evaluate(readFileSync(AXE!, 'utf-8'));

      const violations = 'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(each => each.html)]))';
      expect(await page.evaluate(violations)).toEqual([]);
    });
  });

  test('has a dark page where the reader wants it dark, and prints light on white all the same', async () => {
    const text = html(sampleReport(), OPTIONS);
    const colours = async (page: Page): Promise<unknown> => (
      page.evaluate('(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))')
    );
    const { page: light } = await open(text, { colorScheme: 'light' });
    const { page: dark } = await open(text, { colorScheme: 'dark' });

    expect(await colours(light)).toEqual(['rgb(22, 32, 43)', 'rgb(255, 255, 255)']);
    expect(await colours(dark)).toEqual(['rgb(232, 237, 242)', 'rgb(15, 21, 28)']);

    await dark.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await colours(dark)).toEqual(await colours(light));
  });

  test('prints what is folded', async () => {
    const { page } = await open(html(sampleReport(), OPTIONS));
    await page.getByRole('button', { name: 'Collapse all' }).click();
    expect(await shownDetails(page)).toBe(0);

    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await shownDetails(page)).toBe(11);

    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await shownDetails(page)).toBe(0);
  });

  test.each([
    ['real names', sampleReportWithProblems()], ['names without an end', hostileReport('unbreakable'.repeat(40))],
  ])('fits into windows from 320 pixels on without scrolling sideways: %s', async (_, report) => {
    const { page } = await open(html(report, OPTIONS));
    for (const width of [320, 400, 640, 704, 720, 800, 900, 1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });

      expect([width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([width, width]);
      expect([width, await page.evaluate(cutOff)]).toEqual([width, []]);
    }
  });

  test('lays a row of a table out as labelled values in a narrow window', async () => {
    const { page } = await open(html(sampleReport(), OPTIONS), { viewport: { width: 320, height: 800 } });
    const row = page.locator('.exemptions tbody tr').first();
    const [name, cell] = await Promise.all([row.locator('th').boundingBox(), row.locator('td').last().boundingBox()]);
    const part = await row.locator('td small').last().boundingBox();

    expect(name!.width).toBeGreaterThan(280);
    expect(cell!.y).toBeGreaterThan(name!.y);
    expect(part!.x).toBeGreaterThan(name!.x + 100);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".exemptions td"), "::before").content')).toBe('"State"');
  });

  test('moves nothing where the reader wants no motion', async () => {
    const durations = async (reducedMotion: 'reduce' | 'no-preference'): Promise<unknown> => {
      const { page } = await open(html(sampleReport(), OPTIONS), { reducedMotion });
      return page.evaluate('getComputedStyle(document.querySelector(".finding summary"), "::before").transitionDuration');
    };

    expect(await durations('reduce')).toBe('0s');
    expect(await durations('no-preference')).not.toBe('0s');
  });

  test('shows every finding without JavaScript, and no filter that would not work', async () => {
    const { page } = await open(html(sampleReport(), OPTIONS), { javaScriptEnabled: false });

    expect(await page.locator('.finding:visible').count()).toBe(11);
    expect(await page.locator('.finding dd:visible').count()).toBe(await page.locator('.finding dd').count());
    expect(await page.locator('#filter').isVisible()).toBe(false);
  });

  test.each([1280, 320])('has landmarks, tables and headings for a screen reader, %i pixels wide', async width => {
    const { page } = await open(html(sampleReportWithProblems(), OPTIONS), { viewport: { width, height: 800 } });
    const nodes = await accessibilityTree(page);
    const named = (role: string): string[] => nodes.filter(each => each.role === role).map(each => each.name);

    for (const landmark of ['banner', 'navigation', 'main', 'search', 'contentinfo']) { expect(named(landmark)).toHaveLength(1); }
    expect(named('heading').slice(0, 3)).toEqual([
      'Incomplete: 2 inputs could not be read, 4 of 6 resources with violations, 6 new findings', 'Unreadable inputs', 'Findings',
    ]);
    expect(named('table')).toEqual([
      'Posture by stack', 'Posture by resource type', 'Exemptions and acknowledgements, those that need attention first',
      'Resources without an IMDS setting in CloudFormation',
    ]);
    expect(named('rowheader')).toContain('AWS::EC2::Instance');
    expect(named('columnheader')).toContain('Cannot tell');
    expect(named('combobox')).toEqual(['Level', 'Status', 'Rule']);
    expect(named('searchbox')).toEqual(['Search']);
    expect(named('status')).toHaveLength(1);
    expect(named('link').filter(name => name === '')).toEqual([]);
  });

  describe('with thousands of findings', () => {
    test('starts folded, filters, and opens the finding that a link leads to', async () => {
      const { page } = await open(html(manyFindings(1300), OPTIONS), {}, '#finding-print1234');

      expect(await page.locator('.finding > details[open]').count()).toBe(2); // the first of all, and this one
      expect(await page.locator('#finding-print1234').isVisible()).toBe(true);

      await page.getByLabel('Search').fill('server12 stack2');
      await textIs(page, '12 of 1300 findings shown.');

      await page.getByRole('button', { name: 'Expand all' }).click();
      expect(await page.locator('.finding details:not([open])').count()).toBe(0);
    });

    test('shows a linked finding that the filter had left out', async () => {
      const { page } = await open(html(manyFindings(100), OPTIONS));
      await page.getByLabel('Search').fill('server5');
      await textIs(page, '11 of 100 findings shown.');

      await page.evaluate('location.hash = "#finding-print7"');
      await textIs(page, '100 of 100 findings shown.');
      expect(await page.locator('#finding-print7').isVisible()).toBe(true);
    });
  });

  describe('starts', () => {
    const openCards = async (page: Page): Promise<unknown> => page.evaluate("[...document.querySelectorAll('.finding details')].map(each => each.open)");
    const distinct = (count: number): Report => reportOf({
      findings: Array.from({ length: count }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `S${i}`, reason: `reason ${i}`, fingerprint: `p${i}` })),
    });

    test.each([['a few', 6], ['so many that what is out of sight is not laid out', 260]])('with what is beyond the first screen closed: %s', async (_, count) => {
      const { page } = await open(html(distinct(count), OPTIONS), { viewport: { width: 1280, height: 1100 } });
      const opened = await openCards(page) as boolean[];
      const shown = opened.lastIndexOf(true) + 1;

      expect(shown).toBeGreaterThan(1);
      expect(opened).toEqual(opened.map((__, i) => i < shown));
      expect((await page.locator('.finding').nth(shown - 1).boundingBox())!.y).toBeLessThan(1100);
      expect((await page.locator('.finding').nth(shown).boundingBox())!.y).toBeGreaterThanOrEqual(1100);
    });

    test('with the first finding open in any window', async () => {
      const { page } = await open(html(distinct(3), OPTIONS), { viewport: { width: 390, height: 300 } });

      expect(await openCards(page)).toEqual([true, false, false]);
    });
  });

  test('leaves of findings that are alike those that a search is about, and names them', async () => {
    const findings = Array.from({ length: 12 }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Host${i}x`, fingerprint: `print${i}` }));
    const { page } = await open(html(reportOf({ findings }), OPTIONS));
    const title = page.locator('.finding .names');
    expect(await title.textContent()).toBe('Host0x, Host1x, Host2x and 9 more');

    await page.getByLabel('Search').fill('host1');
    await textIs(page, '3 of 12 findings shown.');
    expect(await title.textContent()).toBe('Host1x, Host10x, Host11x');
    expect(await page.locator('.resources li:visible').count()).toBe(3);

    await page.getByLabel('Search').fill('');
    await textIs(page, '12 of 12 findings shown.');
    expect(await title.textContent()).toBe('Host0x, Host1x, Host2x and 9 more');
  });

  describe('of a finding that many resources have', () => {
    const many = (count: number): string => html(reportOf({
      findings: Array.from({ length: count }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Host${i}x`, fingerprint: `print${i}` })),
    }), OPTIONS);

    test('lists eight and folds the rest, so that the card is not several screens long', async () => {
      const { page } = await open(many(26), { viewport: { width: 390, height: 844 } });

      expect(await page.locator('.resources li:visible').count()).toBe(8);
      expect(await page.locator('.resources summary').textContent()).toBe('18 more');
      await page.locator('.resources summary').click();
      expect(await page.locator('.resources li:visible').count()).toBe(26);
    });

    test('lists nine: to fold one saves nothing', async () => {
      const { page } = await open(many(9));

      expect(await page.locator('.resources li:visible').count()).toBe(9);
      expect(await page.locator('.resources summary').count()).toBe(0);
    });

    test('shows one of the rest where a link leads to it', async () => {
      const { page } = await open(many(26), {}, '#finding-print20');

      expect(await page.locator('#finding-print20').isVisible()).toBe(true);
    });

    test('shows one of the rest that a search is about, and counts those that are left', async () => {
      const { page } = await open(many(26));
      const summary = page.locator('.resources summary');

      await page.getByLabel('Search').fill('host2');
      await textIs(page, '7 of 26 findings shown.');
      expect(await page.locator('.resources li:visible').count()).toBe(7);
      expect(await summary.textContent()).toBe('6 more');

      await page.getByLabel('Search').fill('host3x');
      await textIs(page, '1 of 26 findings shown.');
      expect(await summary.isVisible()).toBe(false);
      expect(await page.locator('.resources li:visible').count()).toBe(1);

      await page.getByLabel('Search').fill('');
      await textIs(page, '26 of 26 findings shown.');
      expect(await summary.textContent()).toBe('18 more');
    });

    test('shows all without JavaScript', async () => {
      const { page } = await open(many(26), { javaScriptEnabled: false });

      expect(await page.locator('.resources li:visible').count()).toBe(26);
    });
  });

  interface Opened {
    readonly page: Page;
    readonly requests: readonly string[];

    /** Requests that the browser did not let out, and why. */
    readonly refused: readonly string[];

    /** Errors and warnings of the console, errors of the script, and what the policy refused. */
    readonly complaints: readonly string[];
  }

  async function open(text: string, options: BrowserContextOptions = {}, hash = ''): Promise<Opened> {
    const file = join(folder, 'report.html');
    writeFileSync(file, text);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const refused: string[] = [];
    const complaints: string[] = [];
    page.on('request', request => requests.push(request.url()));
    page.on('requestfailed', request => refused.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) { complaints.push(message.text()); } });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return { page, requests, refused, complaints };
  }
});

const OPTIONS = { colour: false, quiet: false };

function pathOf(module: string): string | undefined {
  try {
    return require.resolve(module);
  } catch {
    return undefined;
  }
}

async function textIs(page: Page, text: string): Promise<void> {
  await page.getByRole('status').and(page.getByText(text, { exact: true })).waitFor({ timeout: 10_000 });
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.localName');
}

/** Fails where the key never gets there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) { return; }
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function shownDetails(page: Page): Promise<number> {
  return page.locator('.finding dl:visible').count();
}

/** What the browser tells assistive technology, not what the markup says. */
async function accessibilityTree(page: Page): Promise<{ role: string; name: string }[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter(each => !each.ignored).map(each => ({ role: String(each.role?.value), name: String(each.name?.value ?? '') }));
}

/** Text that is wider than what it is in, which a page that hides overflow would not show by scrolling. */
const cutOff = `[...document.querySelectorAll('main *, header *')]
  .filter(each => each.getClientRects().length > 0 && !each.closest('.spoken, svg, thead') && each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 100))`;

/** Every text that is seen, with its contrast to the nearest opaque ground behind it: WCAG 2, as the browser resolved the colours. */
const contrastsInPage = `(() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour.length < 4 || colour[3] === 1 ? colour : ground(element.parentElement);
  };
  const ratio = (element, pseudo) => {
    const [dark, light] = [parse(getComputedStyle(element, pseudo).color), ground(element)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text === '' || ['SCRIPT', 'STYLE'].includes(element.tagName) || !element.checkVisibility()) { continue; }
    found.push({ text, ratio: ratio(element) });
  }
  for (const each of document.querySelectorAll('[data-label]')) { found.push({ text: each.dataset.label, ratio: ratio(each, '::before') }); }
  return found;
})()`;

/** One text in every place that text of a template or of a person can be in. */
function hostileReport(text: string): Report {
  const resource = { logicalId: text, type: text, constructPath: text };
  const place = { file: text, stack: text };
  const templates: ExaminedTemplate[] = [{ ...place, resources: [{ ...resource, verdict: 'violation' }, { ...resource, verdict: 'not governed' }] }];
  return reportOf({
    templates,
    findings: [findingOf({
      ...resource, ...place, rule: 'imdsv1-allowed', path: text, values: [text], reason: text, fix: text, page: text, fingerprint: text,
    })],
    exemptions: [{
      ...resource, ...place, source: 'exemption', reason: text, owner: text, until: text, daysLeft: 3, rules: [text], state: 'not allowed',
    }],
    problems: [{ file: text, line: 1, message: text }],
  });
}

function manyFindings(count: number): Report {
  return reportOf({
    findings: Array.from({ length: count }, (_, i) => findingOf({
      rule: i % 3 === 0 ? 'undecided-value' : 'imdsv1-allowed',
      logicalId: `Server${i}`,
      stack: `Stack${i % 10}`,
      file: `${i % 10}.json`,
      fingerprint: `print${i}`,
    })),
  });
}
