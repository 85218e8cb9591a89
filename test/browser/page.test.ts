/** The page in a real browser, from a file as it comes with a mail: allowed to run, found by keyboard, printed, and large. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change, plan } from '../render/documents.ts';
import { pageOf, review } from './pages.ts';

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined)
  console.warn('Skipped: no Chromium was found. Install it (apt-get install chromium) or set CHROMIUM.');

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'introwctl-page-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page from a file, and collects what its policy or its script complains about. */
  async function open(text: string, options: BrowserContextOptions = {}) {
    const path = join(folder, 'page.html');
    writeFileSync(path, text);
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(path).href);
    return { page, complaints };
  }

  const shownRows = (page: Page) => page.locator('tbody tr:not([hidden])').count();

  test('a hostile name is shown and does nothing; style and script run under the policy', async () => {
    const name = '</script><script>document.title="x"</script><img src=x onerror=\'document.title="x"\'>';
    const { page, complaints } = await open(pageOf(plan([change(name)])));
    expect(await page.locator('tbody th bdi').textContent()).toBe(name);
    expect(await page.title()).toBe('Plan: 0 to create, 1 to update, 0 unchanged.');
    expect(await page.locator('form.tools').isVisible()).toBe(true);
    // A style that came from elsewhere, or a script that was added, is refused.
    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("script"), { text: "document.title = 1" }))',
    );
    expect(await page.title()).toBe('Plan: 0 to create, 1 to update, 0 unchanged.');
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
    await page.close();
  });

  test('without a script everything is there, and nothing that does not work', async () => {
    const { page } = await open(pageOf(review(20)), { javaScriptEnabled: false });
    expect(await page.locator('tbody tr').count()).toBe(20);
    expect(await page.locator('form.tools').isVisible()).toBe(false);
    expect(await page.locator('thead button').count()).toBe(0);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    const { page } = await open(pageOf(review(20)), { colorScheme });
    // Evaluated by the driver, which the policy of the page doesn't bind.
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const found = await page.evaluate(
      'axe.run().then(({ violations, passes }) => ({ looked: passes.length > 15, violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]) }))',
    );
    expect(found).toEqual({ looked: true, violations: [] });
    await page.close();
  });

  test('the keyboard searches, filters, sorts and clears', async () => {
    const { page, complaints } = await open(pageOf(review(30)));
    const { keyboard } = page;
    await keyboard.press('Tab');
    await keyboard.type('partner-7');
    expect(await shownRows(page)).toBe(1);
    expect(await page.locator('[role=status]').textContent()).toBe('1 of 30 shown');
    for (const _ of [1, 2, 3]) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect.poll(() => shownRows(page)).toBe(30);
    await keyboard.press('Shift+Tab');
    await keyboard.type('owner');
    await expect.poll(() => shownRows(page)).toBe(10);
    for (const _ of [1, 2, 3]) await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Space');
    const partner = page.locator('thead th').nth(1);
    expect(await partner.getAttribute('aria-sort')).toBe('descending');
    expect(await page.locator('tbody tr:not([hidden]) bdi').first().textContent()).toBe('Partner 27');
    await keyboard.press('Space');
    expect(await partner.getAttribute('aria-sort')).toBe(null);
    expect(await page.locator('tbody bdi').first().textContent()).toBe('Partner 0');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('paper has every row, whatever was searched for, and a place to sign', async () => {
    const { page } = await open(pageOf(review(60)));
    expect(await page.locator('.sign').isVisible()).toBe(false);
    await page.fill('input[type=search]', 'partner-7');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.sign').isVisible()).toBe(true);
    expect(await page.locator('tbody tr').last().isVisible()).toBe(true);
    expect(await page.locator('form.tools').isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);
    await page.close();
  });

  test('it needs no scrolling to the side on a phone', async () => {
    const { page } = await open(pageOf(review(20)), { viewport: { width: 360, height: 640 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.close();
  });

  test('10,000 rows can be searched', async () => {
    const { page } = await open(pageOf(review(10_000)));
    await page.fill('input[type=search]', 'partner-9999');
    expect(await shownRows(page)).toBe(1);
    expect(await page.locator('tbody tr:not([hidden])').isVisible()).toBe(true);
    await page.close();
  });
});
