import { expect, type Page } from '@playwright/test';
import { demo, signIn, story } from './admin.story';

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
  const made = page.getByRole('dialog', { name });
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

story('names, however long, leave the rest of a table in sight', async ({ page }) => {
  const name = `${Date.now()}${'x'.repeat(80)}`;
  await page.request.post('/api/write-keys', { headers: { 'x-rekindle': '1' }, data: { name, trust: 'server' } });
  expect((await send(page, demo.writeKey, { userId: name, event: name })).status()).toBe(200);
  await page.goto('/sources');
  await expect(page.getByRole('button', { name: `Revoke key ${name}` })).toBeInViewport({ ratio: 1 });
  await page.goto('/sources?view=events');
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row.getByText('no signal')).toBeInViewport({ ratio: 1 });
});

story('a provider is added, sends, is refused with the reason, gets a new secret, and is removed', async ({ page }) => {
  const name = `Postmark ${Date.now()}`;
  await page.goto('/sources?view=providers');
  await page.getByLabel('Provider', { exact: true }).selectOption('Postmark: events of mails');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const once = page.getByRole('dialog', { name: `Secret of “${name}”` });
  const card = page.getByRole('article', { name });
  const secretIn = async (): Promise<URL> => new URL((await once.locator('code').textContent()) ?? '');
  const first = await secretIn();
  await once.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText(first.password)).toHaveCount(0);
  await expect(card).toContainText('Nothing received yet');
  await expect(card).toContainText('In Postmark, add a webhook');

  const opened = { RecordType: 'Open', Recipient: 'nobody@story.example', ReceivedAt: new Date().toISOString() };
  const call = async ({ username, password, pathname }: URL): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return (await page.request.post(pathname, { headers: { authorization }, data: opened })).status();
  };
  expect(await call(first)).toBe(200);
  await expect(card).toContainText('Receiving', { timeout: 10_000 });

  await page.getByRole('button', { name: `Replace the secret of ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace secret' }).click();
  await expect(once.locator('code')).toBeVisible();
  const second = await secretIn();
  await page.keyboard.press('Escape');
  await once.getByRole('button', { name: 'I have copied it' }).click();
  expect([await call(first), second.password === first.password]).toEqual([401, false]);
  await expect(card).toContainText('Last call refused', { timeout: 10_000 });
  await expect(card).toContainText('the provider may have an old one');

  await page.getByRole('button', { name: `Switch off ${name}` }).click();
  await expect(card).toContainText('Switched off');
  expect(await call(second)).toBe(404);
  await page.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(page.getByRole('dialog')).toContainText('What it has sent stays');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(card).toHaveCount(0);
});

story('a click says who did it, with the evidence on demand, and its signal what it is worth', async ({ page }) => {
  const email = `reader-${Date.now()}@story.example`;
  const headers = { 'x-rekindle': '1' };
  const made = await page.request.post('/api/sources', { headers, data: { key: 'postmark-events', name: email } });
  const { id, secret } = (await made.json()) as { id: string; secret: string };
  const authorization = `Basic ${Buffer.from(`rekindle:${secret}`).toString('base64')}`;
  const click = (MessageID: string, UserAgent: string) =>
    page.request.post(`/v1/sources/${id}`, {
      headers: { authorization },
      data: { RecordType: 'Click', Recipient: email, MessageID, UserAgent, ReceivedAt: new Date().toISOString() },
    });
  const identify = { userId: email, traits: { email } };
  const known = await page.request.post('/v1/identify', {
    headers: { authorization: `Basic ${Buffer.from(`${demo.writeKey}:`).toString('base64')}` },
    data: identify,
  });
  expect(known.status()).toBe(200);
  await click('m1', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0');
  await click('m2', 'Barracuda Sentinel (EE) bot/1.0');

  await page.goto('/sources?view=events');
  const rows = page.getByRole('row').filter({ hasText: 'Email Link Clicked' });
  await expect(rows.nth(0)).toContainText('Counts for nothing');
  await rows.nth(0).getByText('A machine').click();
  await expect(rows.nth(0).getByText('calls itself a robot')).toBeVisible();
  await expect(rows.nth(1)).toContainText('worth 3.00 now');
  await expect(rows.nth(1)).toContainText('A person');
});

story('what a provider’s settings lack is said at the field', async ({ page }) => {
  await page.goto('/sources?view=providers');
  await page.getByLabel('Provider', { exact: true }).selectOption('Amazon SES: events of mails');
  await page.getByLabel('Name', { exact: true }).fill('SES');
  await page.getByLabel('Topic ARN').fill('mail');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('must be the ARN of a topic')).toBeVisible();
  await expect(page.getByLabel('Topic ARN')).toHaveAttribute('aria-invalid', 'true');
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
  await expect(page.getByRole('cell', { name: 'The row does not say who it is.' })).toBeVisible();
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
