import axe from 'axe-core';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { OpsSandbox } from '../ops/support';
import { CHROMIUM, NO_CHROMIUM } from '../support/chromium';
import { skipped } from '../support/skipped';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * The page in a real browser: the file after a simulated week with a failing, a slow, a paused and a missing job,
 * and the sandbox's. With `SCREENSHOTS=FOLDER`, pictures are kept in that folder.
 */

jest.setTimeout(180_000);

const DAY = 86_400;
const WIDTHS = [320, 768, 1080, 2000];
const file = path.join(temporaryFolder(), 'page.html');
const fileUrl = pathToFileURL(file).href;

const run = CHROMIUM === undefined ? skipped(NO_CHROMIUM) : describe;

run('the page in a browser', () => {
  let sandbox: OpsSandbox;
  let browser: Browser;

  beforeAll(async () => {
    // Without the sandbox of Chromium, which containers do not allow.
    const args = ['--no-sandbox'];
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args });
    sandbox = await OpsSandbox.start();
    await sandbox.deploy('dev');
    await sandbox.deleteJob('validibot-process-purge-retries-dev');
    const dev = { stage: 'dev' };
    await sandbox.fault({ fault: 'worker-failing', ...dev, path: 'idempotency-keys', status: 500 });
    await sandbox.fault({ fault: 'worker-slow', ...dev, path: 'clear-sessions', seconds: 520 });
    await sandbox.advance(4 * DAY);
    await sandbox.pauseJob('validibot-cleanup-stuck-runs-dev');
    await sandbox.advance(3 * DAY);
    const { stderr, status } = await sandbox.ops('page', 'dev', 'prod', '--out', file);
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(async () => {
    await browser.close();
    await sandbox.close();
  });

  /** Opens a page, and fails at what its console reports. */
  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    return page;
  }
  const problems: string[] = [];
  const requests: string[] = [];
  beforeEach(() => {
    problems.length = 0;
    requests.length = 0;
  });
  afterEach(() => {
    expect(problems).toEqual([]);
  });

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    const found = await page.evaluate<axe.AxeResults>('axe.run(document)');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  async function screenshot(page: Page, name: string): Promise<void> {
    const folder = process.env.SCREENSHOTS;
    if (folder === undefined || folder === '') return;
    fs.mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }

  it('is read from disk, without a network and without JavaScript', async () => {
    const page = await open(fileUrl, { offline: true, javaScriptEnabled: false });
    expect(requests).toEqual([fileUrl]);
    await expect(page.title()).resolves.toBe(
      'Scheduled jobs in validibot-sandbox (australia-southeast1)',
    );
    const dev = page.getByRole('region', { name: 'dev' });
    for (const text of ['1 failing job', '1 slow job', '1 paused job']) {
      await expect(dev.locator('.statuses').getByText(text).count()).resolves.toBe(1);
    }
  });

  const ROWS: readonly (readonly [task: string, row: RegExp])[] = [
    ['clear-sessions', /enabled succeeded .* 100 % 7 of 7 8\.7 min of 10 min \(87 %\)/],
    ['cleanup-idempotency-keys', /enabled 500: failed .* 0 % 0 of 7 /],
    ['cleanup-stuck-runs', /paused succeeded .* none 100 % 57\d of 57\d /],
    ['process-purge-retries', /missing never none no runs read unknown/],
  ];

  it('shows a slow, a failing, a paused and a missing job', async () => {
    const page = await open(fileUrl);
    const table = page.getByRole('table', { name: 'Jobs of dev' });
    for (const [task, expected] of ROWS) {
      const row = table.getByRole('row').filter({ hasText: `validibot-${task}-dev` });
      expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(expected);
    }
  });

  it('shows the week as a picture, and the same as a table', async () => {
    const page = await open(fileUrl);
    const past = page.getByRole('figure').filter({ hasText: 'The last 7 days' }).first();
    const picture = past.getByRole('img', { name: /^The last 7 days of dev/ });
    await expect(picture.locator('.m.failed').count()).resolves.toBe(7);
    await expect(picture.locator('.m.slow').count()).resolves.toBe(7);
    await expect(picture.locator('.pause text').textContent()).resolves.toBe(
      'paused: not by the table',
    );
    await past.locator('summary').focus();
    await page.keyboard.press('Enter');
    const table = past.getByRole('table', { name: 'The last 7 days of dev' });
    await expect(table.getByText('500: failed').count()).resolves.toBe(7);
    await expect(table.getByText('paused: not by the table').count()).resolves.toBe(1);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds (%s)', async (colorScheme) => {
    const page = await open(fileUrl, { colorScheme });
    expect(await violations(page)).toEqual([]);
    await screenshot(page, colorScheme);
  });

  it('has nothing that axe finds on a phone, with a table open', async () => {
    const page = await open(fileUrl, { viewport: { width: 320, height: 800 } });
    await page.locator('figure summary').first().click();
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'phone');
  });

  it('needs no horizontal scroll, from a phone to a wide screen', async () => {
    const page = await open(fileUrl);
    await page.evaluate(
      "document.querySelectorAll('details').forEach((each) => (each.open = true))",
    );
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate('document.documentElement.scrollWidth');
      expect(needed).toBeLessThanOrEqual(width);
    }
  });

  it('prints without what only a screen needs', async () => {
    const page = await open(fileUrl, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('navigation').count()).resolves.toBe(0);
    const color = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(color).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF');
    await screenshot(page, 'print');
  });

  it('is used with the keyboard', async () => {
    const page = await open(fileUrl);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the jobs');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#stage-1');
  });

  describe('of the sandbox', () => {
    beforeEach(() => sandbox.clearFaults());

    async function attempts(): Promise<number> {
      const { entries = [] } = await sandbox.call('POST', '/v2/entries:list', {
        resourceNames: ['projects/validibot-sandbox'],
        orderBy: 'timestamp desc',
        pageSize: 1000,
      });
      return (entries as unknown[]).length;
    }

    it('advances the clock', async () => {
      const page = await open(sandbox.url);
      const before = await page.locator('#as-of time').getAttribute('datetime');
      await page.getByRole('button', { name: '1 hour' }).click();
      const message = page.getByRole('status');
      await message.filter({ hasText: 'Advanced by 1 hour' }).waitFor();
      const after = await page.locator('#as-of time').getAttribute('datetime');
      expect(Date.parse(after ?? '') - Date.parse(before ?? '')).toBeGreaterThanOrEqual(3_600_000);
      expect(await attempts()).toBeGreaterThan(0);
    });

    it('injects a fault, shows what it does, and clears it', async () => {
      const page = await open(sandbox.url);
      const fault = page.getByLabel('What');
      await fault.selectOption({ label: 'the worker is missing' });
      await page.getByRole('button', { name: 'Inject' }).click();
      await page
        .getByRole('status')
        .filter({ hasText: 'Injected worker-missing in dev.' })
        .waitFor();
      await expect(page.locator('#faults').innerText()).resolves.toBe('worker-missing, stage dev');
      await page.getByRole('button', { name: '1 day' }).click();
      await page.getByRole('status').filter({ hasText: 'Advanced by 1 day' }).waitFor();
      const table = page.getByRole('table', { name: 'Jobs of dev' });
      await expect(table.getByText('404: NOT_FOUND').count()).resolves.toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Clear all' }).click();
      await page.getByRole('status').filter({ hasText: 'All faults are cleared.' }).waitFor();
      await expect(page.locator('#faults').innerText()).resolves.toBe('');
    });

    it('refreshes itself, and leaves open what is open', async () => {
      const page = await open(sandbox.url);
      await page.getByText('The last 7 days as a table').first().click();
      const summary = page.locator('summary').filter({ hasText: 'The last 7 days' }).first();
      await summary.focus();
      await sandbox.advance(3600);
      const { now } = (await sandbox.call('GET', '/_sandbox')) as { now: string };
      const hour = now.slice(0, 13);
      await page.locator(`#as-of time[datetime^="${hour}"]`).waitFor({ timeout: 15_000 });
      expect(await summary.locator('..').getAttribute('open')).not.toBeNull();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    });

    it('has nothing that axe finds, and needs no horizontal scroll', async () => {
      const page = await open(sandbox.url);
      expect(await violations(page)).toEqual([]);
      await screenshot(page, 'sandbox');
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const needed = await page.evaluate('document.documentElement.scrollWidth');
        expect(needed).toBeLessThanOrEqual(width);
      }
    });

    it('runs nothing that comes from outside', async () => {
      const description =
        '<img src=x onerror="window.ran = true"><script>window.ran = true</script>';
      const live = await sandbox.job('validibot-clear-sessions-dev');
      await sandbox.createJob({ ...live, name: 'foreign', description });
      const page = await open(sandbox.url);
      await expect(page.getByText(description).count()).resolves.toBe(1);
      expect(await page.evaluate('window.ran')).toBeUndefined();
      await sandbox.deleteJob('foreign');
    });
  });
});
