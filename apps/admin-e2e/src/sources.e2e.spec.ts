import { expect, type Page } from '@playwright/test';
import { signIn, story } from './admin.story';

story.beforeEach(async ({ page }) => signIn(page));

const send = (page: Page, key: string, body: Record<string, unknown>) =>
  page.request.post('/v1/track', {
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    data: body,
  });

story('a key is made, seen once, sends an event that shows up live, and is revoked', async ({ page }) => {
  const name = `Story ${Date.now()}`;
  await page.goto('/sources');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Make a key' }).click();
  const made = page.getByRole('status').filter({ hasText: name });
  await expect(made).toContainText('Copy it now');
  const key = (await made.locator('code').textContent()) ?? '';
  expect(key).toMatch(/^wk_/);
  await made.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  await page.getByText('Live events', { exact: true }).click();
  await expect(page).toHaveURL('/sources?view=events');
  expect((await send(page, key, { userId: 'story', event: name })).status()).toBe(200);
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Scored');
  expect((await send(page, key, { event: 'Of nobody' })).status()).toBe(200);
  await page.getByLabel('Status').selectOption('Rejected');
  await expect(page).toHaveURL('/sources?status=rejected&view=events');
  await expect(page.getByRole('row').filter({ hasText: 'neither userId nor anonymousId' }).first()).toBeVisible();

  await page.getByText('Write keys', { exact: true }).click();
  await page.getByRole('button', { name: `Revoke key ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Revoked');
});

story('a file is mapped, checked, imported, its bad rows handed back, and undone', async ({ page }) => {
  const id = `import-${Date.now()}`;
  const file = `user id,E-mail,Full Name,Source\n${id},${id}@file.example,Ada File,Google\n,,Nobody,google\n`;
  await page.goto('/sources?view=imports');
  await page
    .getByLabel('Choose a CSV or NDJSON file')
    .setInputFiles({ name: 'crm.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await expect(page.getByRole('heading', { name: 'crm.csv' })).toBeVisible();
  await expect(page.getByLabel('What Full Name becomes')).toHaveValue('name');
  await page.getByLabel('What Source becomes').selectOption('Left out');
  await page.getByRole('button', { name: 'Check without importing' }).click();
  await expect(page.getByText('The row does not say who it is.')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download refused rows' }).click();
  expect((await download).suggestedFilename()).toBe('crm-rejected.csv');
  const lead = `/api/leads/by-external-id/${id}`;
  expect((await page.request.get(lead)).status()).toBe(200);

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByRole('heading', { name: 'Undone', exact: true })).toBeVisible();
  expect((await page.request.get(lead)).status()).toBe(404);
});

story('a file that is no table is refused in words', async ({ page }) => {
  await page.goto('/sources?view=imports');
  await page
    .getByLabel('Choose a CSV or NDJSON file')
    .setInputFiles({ name: 'a.xlsx', mimeType: 'text/csv', buffer: Buffer.from('504b030414000600', 'hex') });
  await expect(page.getByRole('alert')).toContainText('a zip archive or an Excel workbook');
});
