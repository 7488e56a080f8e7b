import type { Alert } from '@rekindle/contracts';
import { expect } from '@playwright/test';
import { ask, signIn, story } from './admin.story';

interface Inbox {
  items: Alert[];
  unread: number;
}

story.beforeEach(async ({ page }) => signIn(page));

story('a rep works an alert: it leaves the inbox, is kept under done, and can be taken back', async ({ page }) => {
  const { items, unread } = await ask<Inbox>(page.request, '/api/alerts?state=unread&limit=1');
  const [alert] = items;
  if (alert === undefined) throw new Error('the demo has no unread alert');
  await page.goto('/alerts');
  const card = page.getByRole('article').first();
  await expect(card).toContainText(alert.sentence);
  await expect(card).toContainText(alert.leadName);
  await card.getByRole('button', { name: /^Mark done/ }).click();
  await expect(page.getByText(`Unread (${unread - 1})`)).toBeVisible();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  await page.getByText('Done', { exact: true }).click();
  await expect(page).toHaveURL('/alerts?state=done');
  await expect(page.getByRole('article').filter({ hasText: alert.sentence }).first()).toBeVisible();
  await undo.click();
  await expect(page.getByText(`Unread (${unread})`)).toBeVisible();
});

story('an alert leads to its lead', async ({ page }) => {
  const { items } = await ask<Inbox>(page.request, '/api/alerts?state=unread&limit=1');
  await page.goto('/alerts');
  await page.getByRole('article').first().getByRole('link').click();
  await expect(page).toHaveURL(`/leads/${items[0]?.leadId}`);
});

story('an alert stays where it is when the server refuses', async ({ page }) => {
  await page.route('**/api/alerts/*', (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'Forbidden', status: 403, code: 'forbidden', detail: 'Viewers only look.' },
    }),
  );
  await page.goto('/alerts');
  const name = await page.getByRole('article').first().getByRole('link').textContent();
  await page.getByRole('article').first().getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('Viewers only look.');
  await expect(page.getByRole('article').first().getByRole('link')).toHaveText(name ?? '');
});
