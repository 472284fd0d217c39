import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';
import { passing, sampleFleet } from './sample-fleet';
import { FleetBuilder } from '../../../src/cli/summary/build-fleet';
import { Fleet } from '../../../src/cli/summary/fleet';
import { html } from '../../../src/cli/summary/formats/html';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const CHROMIUM = [process.env.CHROMIUM_PATH, ...PLACES].find(path => path && existsSync(path));
const AXE = pathOf('axe-core/axe.min.js');

if (!CHROMIUM) { test.skip('SKIPPED: no Chromium to open the HTML summary in; install one or name it in CHROMIUM_PATH', () => undefined); }

(CHROMIUM ? describe : describe.skip)('the HTML summary in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imds-summary-html-'));
  let browser: Browser;

  beforeAll(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--disable-gpu', '--disable-background-networking', '--disable-sync'] }); });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(fleet: Fleet, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: readonly string[] }> {
    const file = join(folder, 'fleet.html');
    writeFileSync(file, html(fleet));
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
    const complaints: string[] = [];
    page.on('request', request => { if (request.url() !== pathToFileURL(file).href) { complaints.push(request.url()); } });
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) { complaints.push(message.text()); } });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  (AXE ? test : test.skip).each(['light', 'dark'] as const)('keeps to the rules of axe, in %s', async colorScheme => {
    const { page, complaints } = await open(sampleFleet(), { colorScheme });
    await page.evaluate(readFileSync(AXE!, 'utf-8'));

    const violations = 'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(each => each.html)]))';
    expect(await page.evaluate(violations)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test.each([320, 640, 800, 1024, 1216, 1220, 1280])('fits into a window of %i pixels, with long names too', async width => {
    const builder = new FleetBuilder();
    builder.add('a.json', { ...passing(), name: 'unbreakable'.repeat(40) });
    builder.add('b.json', passing());
    for (const fleet of [sampleFleet(), builder.build({ version: '1', date: '2026-03-21', passedOver: 0 })]) {
      const { page } = await open(fleet, { viewport: { width, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await page.evaluate(CUT_OFF)).toEqual([]);
    }
  });

  test('breaks no date of the table in a window that has room for it', async () => {
    const { page } = await open(sampleFleet());
    const lines = '[...document.querySelectorAll("td[data-label=Checked]")].map(each => { '
      + 'const range = document.createRange(); range.selectNodeContents(each); return range.getClientRects().length; })';

    expect(await page.evaluate(lines)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });

  test('is a table, with those first that need somebody', async () => {
    const { page } = await open(sampleFleet());

    expect(await page.getByRole('table').first().getByRole('rowheader').allInnerTexts()).toEqual([
      expect.stringMatching(/^cut\n/), expect.stringMatching(/^legacy\n/), expect.stringMatching(/^search\n/), expect.stringMatching(/^Shop\n/),
      expect.stringMatching(/^batch\n/), expect.stringMatching(/^billing\n/), 'All reports',
    ]);
  });
});

/** What is wider than the window, which a page that hides overflow would not show by scrolling. */
const CUT_OFF = `[...document.querySelectorAll('main *, header *')]
  .filter(each => each.getClientRects().length > 0 && !each.closest('.spoken, svg, thead') && each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 100))`;

function pathOf(module: string): string | undefined {
  try {
    return require.resolve(module);
  } catch {
    return undefined;
  }
}
