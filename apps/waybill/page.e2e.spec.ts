import { jest } from '@jest/globals';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { WaybillClient } from './api/waybill-client.ts';
import { waybill } from './e2e/command-line.fixture.spec.ts';
import { RunningWaybill, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';

jest.setTimeout(240_000);

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const FIELDS = ['open', 'inTransit', 'atDock', 'accepted', 'energised', 'short', 'rejected', 'cancelled', 'over'];

describe('the page', () => {
  let place: Awaited<ReturnType<typeof waybillPlace>>;
  let running: RunningWaybill;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    place = await waybillPlace();
    running = await RunningWaybill.start(place);
    const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  });

  afterAll(async () => {
    await browser?.close();
    await running?.dispose();
    await place.remove();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  });

  afterEach(() => page.close());

  it('shows the positions that the API answers', async () => {
    await open('/');
    const { items, asOfPosition } = await positions('redirected-h100s');
    expect(items.map(({ companyId }) => companyId)).toEqual(['TESLA', 'X', 'XAI']);
    expect(await shown()).toEqual(items.map(figuresOf));
    expect(await page.locator('#standing').getAttribute('data-position')).toBe(String(asOfPosition));
    expect(await page.locator('tr[data-company=TESLA] td[data-field=accepted]').textContent()).toBe('41,000');
    expect(complaints).toEqual([]);
  });

  it('shows the delivery schedule that the API answers, redirected lines marked', async () => {
    await open('/');
    const report = await client().get('auditor', '/v1/ledgers/redirected-h100s/delivery-schedule');
    const { items } = report as { items: readonly { lineId: string; quantity: number }[] };
    const lines = await Promise.all(
      (await page.locator('#schedule tbody tr').all()).map(async (row) => ({
        lineId: await row.getAttribute('data-line'),
        quantity: Number(await row.locator('[data-field=quantity]').getAttribute('data-value')),
      })),
    );
    expect(lines).toEqual(items.map(({ lineId, quantity }) => ({ lineId, quantity })));
    expect(await page.locator('tr[data-line="PO-T1/T1/SH-1"]').textContent()).toContain('X ⇄');
  });

  it('goes back to a position and keeps it in the address', async () => {
    await open('/');
    await page.locator('#position').fill('21');
    await page.locator('#position').press('Enter');
    await page.waitForSelector('#standing[data-position="21"]');
    expect(new URL(page.url()).search).toBe('?ledger=redirected-h100s&asOf=21');
    const { items } = await positions('redirected-h100s', '?asOf=21');
    expect(await shown()).toEqual(items.map(figuresOf));
    expect(await page.locator('.notice.fixed').textContent()).toContain('Fixed at position 21');
    await open(new URL(page.url()).search);
    expect(await shown()).toEqual(items.map(figuresOf));
    await page.goBack();
    await page.locator('#live').check();
    await page.waitForSelector('.notice.fixed', { state: 'detached' });
  });

  it('says that the clock is simulated, and links to the API reference', async () => {
    await open('/');
    expect(await page.locator('.notice.simulated').isVisible()).toBe(true);
    const href = await page.locator('nav a', { hasText: 'API reference' }).getAttribute('href');
    expect((await fetch(new URL(href ?? '', running.url))).status).toBe(200);
  });

  it('keeps the last figures and says so when Waybill does not answer', async () => {
    await open('/');
    const before = await shown();
    await page.route('**/v1/**', (route) => route.abort());
    await page.locator('#problem').waitFor({ state: 'visible' });
    expect(await page.locator('#problem').textContent()).toContain('Waybill does not answer');
    expect(await shown()).toEqual(before);
    await page.unroute('**/v1/**');
    await page.locator('#problem').waitFor({ state: 'hidden' });
  });

  it('follows a ledger without a reload', async () => {
    const story = [
      'scenario',
      'apps/waybill/scenarios/there-and-back.json',
      '--only',
      'position',
      '--url',
      running.url,
    ];
    await waybill(...story, '--until', '16');
    await open('/?ledger=there-and-back');
    expect((await shown()).map(({ companyId }) => companyId)).toEqual(['PINE']);
    await waybill(...story);
    await page.waitForSelector('tr[data-company=ROCK]', { timeout: 5_000 });
    expect(await shown()).toEqual((await positions('there-and-back')).items.map(figuresOf));
  });

  it.each([390, 1280])('fits a screen %i px wide', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await open('/?by=site');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('table caption').count()).toBe(2);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
  });

  const client = () => new WaybillClient({ url: running.url });

  const open = async (path: string) => {
    await page.goto(new URL(path, running.url).href);
    await page.waitForSelector('#positions tbody tr');
  };

  const positions = async (ledger: string, query = '') =>
    (await client().get('auditor', `/v1/ledgers/${ledger}/positions${query}`)) as Positions;

  const shown = async () => Promise.all((await page.locator('#positions tbody tr').all()).map(shownFigures));
});

interface Positions {
  readonly asOfPosition: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

function figuresOf(item: Readonly<Record<string, unknown>>): object {
  const { companyId, skuId } = item;
  return { companyId, skuId, ...Object.fromEntries(FIELDS.map((name) => [name, String(item[name])])) };
}

async function shownFigures(row: Locator): Promise<Readonly<Record<string, string | null>>> {
  const values = FIELDS.map(
    async (name) => [name, await row.locator(`[data-field=${name}]`).getAttribute('data-value')] as const,
  );
  return {
    companyId: await row.getAttribute('data-company'),
    skuId: await row.getAttribute('data-sku'),
    ...Object.fromEntries(await Promise.all(values)),
  };
}
