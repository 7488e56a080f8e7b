import type { LeadDetail, LeadRow } from '@rekindle/contracts';
import { expect } from '@playwright/test';
import { ask, signIn, story } from './admin.story';

story.beforeEach(async ({ page }) => signIn(page));

const hottest = async (request: Parameters<typeof ask>[0]): Promise<LeadRow> => {
  const { items } = await ask<{ items: LeadRow[] }>(request, '/api/leads?sort=-engagement&limit=1');
  const [lead] = items;
  if (lead === undefined) throw new Error('the demo has no leads');
  return lead;
};

const cents = (text: string): number => Math.round(Number(text.replace('\u2212', '-').replaceAll(',', '')) * 100);

story('a rep sees why a lead is hot, and the points add up to the last digit', async ({ page }) => {
  const lead = await hottest(page.request);
  await page.goto('/leads?sort=-engagement');
  await page
    .getByRole('link', { name: lead.name ?? lead.email ?? '' })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(lead.name ?? lead.email ?? '');
  const why = page.getByRole('region', { name: 'Why this score' });
  await expect(why.locator('tfoot')).toContainText('Sum');
  const shares = await why.locator('tbody tr td:last-child').allTextContents();
  const sum = await why.locator('tfoot td:last-child').textContent();
  expect(shares.length).toBeGreaterThan(1);
  expect(shares.reduce((total, share) => total + cents(share), 0)).toBe(cents(sum ?? ''));
  const detail = await ask<LeadDetail>(page.request, `/api/leads/${lead.id}`);
  expect(Math.abs(cents(sum ?? '') - detail.score.engagement.points * 100)).toBeLessThan(20);
});

story('the chart can be read as a table and keeps its period in the address', async ({ page }) => {
  const lead = await hottest(page.request);
  await page.goto(`/leads/${lead.id}`);
  const history = page.getByRole('region', { name: 'Score over time' }).first();
  await expect(history.getByRole('img').first()).toBeVisible();
  await history.getByText('30 days').click();
  await history.getByRole('button', { name: 'Show as table' }).click();
  await expect(page).toHaveURL(`/leads/${lead.id}?days=30&view=table`);
  await page.reload();
  await expect(history.locator('tbody tr').first()).toBeVisible();
  expect(await history.locator('tbody tr').count()).toBeGreaterThan(30);
});

story('the timeline goes on as far as one likes', async ({ page }) => {
  const lead = await hottest(page.request);
  await page.goto(`/leads/${lead.id}`);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('listitem')).toHaveCount(15);
  await timeline.getByRole('button', { name: 'Load more' }).click();
  await expect(timeline.getByRole('listitem').nth(15)).toBeVisible();
});

story('a lead that does not exist says so and leads back', async ({ page }) => {
  await page.goto('/leads/0193a000-0000-7000-8000-00000000ffff');
  await expect(page.getByText('This lead does not exist')).toBeVisible();
  await page.getByRole('link', { name: 'Back to Leads' }).click();
  await expect(page).toHaveURL('/leads');
});

story('the palette finds a lead from anywhere', async ({ page }) => {
  const lead = await hottest(page.request);
  await page.goto('/mail');
  await expect(page.getByRole('heading', { name: 'Mail', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type(lead.email ?? '');
  await page
    .getByRole('option')
    .filter({ hasText: lead.name ?? '' })
    .first()
    .click();
  await expect(page).toHaveURL(`/leads/${lead.id}`);
});
