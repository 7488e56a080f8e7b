import type { Message, messageDetailSchema } from '@rekindle/contracts';
import { expect } from '@playwright/test';
import type { z } from 'zod';
import { ask, signIn, story } from './admin.story';

type MessageDetail = z.infer<typeof messageDetailSchema>;

story.beforeEach(async ({ page }) => signIn(page));

const newest = async (request: Parameters<typeof ask>[0]): Promise<Message> => {
  const { items } = await ask<{ items: Message[] }>(request, '/api/messages?limit=1');
  const [message] = items;
  if (message === undefined) throw new Error('the demo has no mail');
  return message;
};

/** A mail to a lead, which tells by a picture that it was opened. */
const sequenceMail = async (request: Parameters<typeof ask>[0]): Promise<MessageDetail> => {
  const { items } = await ask<{ items: Message[] }>(request, '/api/messages?limit=50');
  const message = items.find(({ kind }) => kind === 'sequence');
  if (message === undefined) throw new Error('the demo has no mail to a lead');
  return ask<MessageDetail>(request, `/api/messages/${message.id}`);
};

story(
  'a mail is shown as it would arrive, as plain text and with its headers, and looking runs nothing',
  async ({ page }) => {
    const message = await newest(page.request);
    await page.goto('/mail');
    await page.getByRole('list', { name: 'Messages' }).getByRole('link').first().click();
    await expect(page).toHaveURL(`/mail/${message.id}`);
    await expect(page.getByRole('heading', { name: message.subject })).toBeVisible();
    const frame = page.locator('iframe');
    await expect(frame).toHaveAttribute('sandbox', '');
    await expect(frame.contentFrame().locator('body')).not.toBeEmpty();
    await page.getByText('Plain text').click();
    await expect(page.locator('pre')).not.toBeEmpty();
    await page.getByText('Headers').click();
    await expect(page.getByRole('table', { name: 'Headers' }).getByRole('row')).not.toHaveCount(0);
  },
);

story('looking at a mail asks the server for none of its pictures', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const message = await sequenceMail(page.request);
  expect(message.html).toContain('/e/');
  await page.goto(`/mail/${message.id}`);
  await expect(page.locator('iframe').contentFrame().getByText('Unsubscribe')).toBeVisible();
  await page.waitForLoadState('load');
  expect(asked.filter((path) => path.startsWith('/e/'))).toEqual([]);
});

story('without a mail server the mail says that it was caught, not sent', async ({ page }) => {
  const { items } = await ask<{ items: Message[] }>(page.request, '/api/messages?state=sent&limit=1');
  expect(items[0]?.isCaught).toBe(true);
  await page.goto('/mail?state=sent');
  await expect(page.getByRole('list', { name: 'Messages' }).getByRole('link').first()).toContainText(
    'caught, not sent',
  );
});

story('a message that does not exist says so', async ({ page }) => {
  await page.goto('/mail/0193a000-0000-7000-8000-00000000ffff');
  await expect(page.getByText('This message does not exist')).toBeVisible();
});
