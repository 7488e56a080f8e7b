import type { LeadRow } from '@rekindle/contracts';
import { expect, type Page } from '@playwright/test';
import { ask, demo, signIn, story } from './admin.story';

interface LeadPage {
  items: LeadRow[];
  total: number;
}

const rows = (page: Page) => page.getByRole('table').locator('tbody tr');

story.beforeEach(async ({ page }) => signIn(page));

story('sales ops finds a lead among two thousand and opens it with the keyboard', async ({ page }) => {
  const list = await ask<LeadPage>(page.request, '/api/leads?limit=50');
  const wanted = list.items.findLast(({ email }) => email !== null)?.email ?? '';
  await page.goto('/leads');
  await expect(rows(page)).toHaveCount(50);
  await page.keyboard.press('/');
  await page.keyboard.type(wanted);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(wanted);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(50);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/leads\/[0-9a-f-]{36}$/);
});

story('filters, order and page size stand in the address and survive a reload', async ({ page }) => {
  await page.goto('/leads');
  await page.getByRole('button', { name: 'Engagement', exact: true }).first().click();
  await page.getByRole('menuitemradio', { name: 'High' }).click();
  await page.getByRole('button', { name: 'Fit' }).click();
  await page.getByRole('menuitemradio', { name: 'Grade A' }).click();
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('button').click();
  await page.getByLabel('Rows per page').selectOption('25');
  await expect(page).toHaveURL('/leads?band=high&grade=A&limit=25&sort=-lastActivityAt');
  const { total } = await ask<LeadPage>(page.request, '/api/leads?band=high&grade=A&limit=1');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Engagement: High' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Fit: Grade A' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByText(new RegExp(`^${total} leads?$`))).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).toHaveURL('/leads?limit=25&sort=-lastActivityAt');
});

story(
  'the list shows what the API answers, best first, and pages without losing or repeating a lead',
  async ({ page }) => {
    const all = await ask<LeadPage>(page.request, '/api/leads?limit=75');
    await page.goto('/leads?limit=25');
    const seen: string[] = [];
    for (const range of ['1–25', '26–50', '51–75']) {
      await expect(page.getByText(`${range} of`)).toBeVisible();
      await expect(rows(page)).toHaveCount(25);
      const links = await rows(page)
        .getByRole('link')
        .evaluateAll((found) => found.map((link) => link.getAttribute('href')));
      seen.push(...links.map((href) => href?.split('/').at(-1) ?? ''));
      await page.getByRole('button', { name: 'Next page' }).click();
    }
    expect(new Set(seen).size).toBe(75);
    expect([...seen].sort()).toEqual(all.items.map(({ id }) => id).sort());
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await expect(page).toHaveURL('/leads?limit=25');
  },
);

story('an event moves the open list without a reload', async ({ page }) => {
  const list = await ask<LeadPage>(page.request, '/api/leads?sort=-lastActivityAt&limit=40');
  const lead = list.items.findLast(({ userId }) => userId !== null);
  await page.goto('/leads?sort=-lastActivityAt');
  await expect(rows(page)).toHaveCount(50);
  const answer = await page.request.post('/v1/track', {
    headers: { authorization: `Basic ${Buffer.from(`${demo.writeKey}:`).toString('base64')}` },
    data: { userId: lead?.userId, event: 'Pricing Page Viewed', messageId: `live-${lead?.id}` },
  });
  expect(answer.status()).toBe(200);
  const first = rows(page).first();
  await expect(first.getByRole('link')).toHaveAttribute('href', `/leads/${lead?.id}`, { timeout: 10_000 });
  await expect(first).toContainText('now');
});

story('nothing found offers one way out', async ({ page }) => {
  await page.goto('/leads?q=zzzzzz-nobody');
  await expect(page.getByText('No lead matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(rows(page)).toHaveCount(50);
});

story('on a phone the leads are cards that fit the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/leads');
  await expect(page.getByRole('list').getByRole('listitem').nth(10)).toBeAttached();
  await expect(page.getByRole('table')).toHaveCount(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await page.getByRole('link', { name: /^Alerts/ }).click();
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
});

story('a server that is away is said inline and asked again', async ({ page }) => {
  await page.goto('/leads');
  await expect(rows(page)).toHaveCount(50);
  await page.route('**/api/leads?*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'Try later.', requestId: 'req-7' },
    }),
  );
  await expect(page.getByRole('alert')).toContainText('Try later.', { timeout: 15_000 });
  await expect(page.getByRole('alert')).toContainText('Request req-7');
  await expect(rows(page)).toHaveCount(50);
  await page.unroute('**/api/leads?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
