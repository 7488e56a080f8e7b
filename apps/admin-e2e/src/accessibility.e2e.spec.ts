import type { Alert, LeadRow, Message } from '@rekindle/contracts';
import { expect, type Page } from '@playwright/test';
import { ask, expectAccessible, signIn, story } from './admin.story';

type Opening = (page: Page) => Promise<void>;

const firstId = async (page: Page, path: string): Promise<string> =>
  (await ask<{ items: (Alert | LeadRow | Message)[] }>(page.request, path)).items[0]?.id ?? '';

const signInPage: Opening = async (page) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
};

const leadsPage: Opening = async (page) => {
  await signIn(page);
  await page.goto('/leads?band=high');
  await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
};

const leadPage =
  (view: 'chart' | 'table'): Opening =>
  async (page) => {
    await signIn(page);
    await page.goto(`/leads/${await firstId(page, '/api/leads?sort=-engagement&limit=1')}?view=${view}`);
    const history = page.getByRole('region', { name: 'Score over time' }).first();
    await expect(view === 'chart' ? history.getByRole('img').first() : history.getByRole('table')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first()).toBeVisible();
  };

const alertsPage: Opening = async (page) => {
  await signIn(page);
  await page.goto('/alerts');
  await expect(page.getByRole('article').first()).toBeVisible();
};

const mailPage: Opening = async (page) => {
  await signIn(page);
  await page.goto(`/mail/${await firstId(page, '/api/messages?limit=1')}`);
  const frame = page.locator('iframe');
  await expect(frame).toHaveAttribute('title', /^Preview of/);
  await expect(frame.contentFrame().locator('body')).not.toBeEmpty();
  // The checker puts itself into every frame, and this one lets nothing run.
  await frame.evaluate((element) => element.remove());
};

const mailAsText: Opening = async (page) => {
  await signIn(page);
  await page.goto(`/mail/${await firstId(page, '/api/messages?limit=1')}?view=text`);
  await expect(page.locator('pre')).toBeVisible();
};

const writeKeys: Opening = async (page) => {
  await signIn(page);
  await page.goto('/sources');
  await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
};

const newKey: Opening = async (page) => {
  await writeKeys(page);
  await page.getByLabel('Name', { exact: true }).fill('Checkout');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByRole('dialog', { name: 'Key “Checkout”' })).toBeVisible();
};

const keyRevocation: Opening = async (page) => {
  await writeKeys(page);
  await page
    .getByRole('button', { name: /^Revoke key/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

const providers: Opening = async (page) => {
  await signIn(page);
  await page.goto('/sources?view=providers');
  await page.getByLabel('Provider', { exact: true }).selectOption('Mailgun: events of mails');
  await page.getByLabel('Name', { exact: true }).fill('Mailgun');
  await page.getByLabel('Secret from the provider').fill('0123456789');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('article', { name: 'Mailgun' }).first()).toBeVisible();
};

const providerForm: Opening = async (page) => {
  await providers(page);
  await page.getByRole('button', { name: 'Change Mailgun' }).first().click();
  await page.getByRole('dialog').getByLabel('Secret from the provider').fill('short');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('must have at least 8 characters')).toBeVisible();
};

const liveEvents: Opening = async (page) => {
  await signIn(page);
  await page.goto('/sources?view=events');
  await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
};

const importMapping: Opening = async (page) => {
  await signIn(page);
  await page.goto('/sources?view=imports');
  await page
    .getByLabel('Choose a CSV or NDJSON file')
    .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('email,tags\na@b.example,x\nbad,y\n') });
  await expect(page.getByLabel('What email becomes')).toBeVisible();
};

const importChecked: Opening = async (page) => {
  await importMapping(page);
  await page.getByRole('button', { name: 'Check without importing' }).click();
  await expect(page.getByRole('cell', { name: 'is not an e-mail address' })).toBeVisible();
};

const nowhere: Opening = async (page) => {
  await signIn(page);
  await page.goto('/no/such/page');
  await expect(page.getByText('There is no such page')).toBeVisible();
};

const shortcutSheet: Opening = async (page) => {
  await leadsPage(page);
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
};

const palette: Opening = async (page) => {
  await leadsPage(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('a');
  await expect(page.getByRole('dialog').getByRole('option').nth(1)).toBeVisible();
};

const pages: Record<string, Opening> = {
  'sign-in': signInPage,
  leads: leadsPage,
  lead: leadPage('chart'),
  'lead as a table': leadPage('table'),
  alerts: alertsPage,
  mail: mailPage,
  'mail as text': mailAsText,
  'write keys': writeKeys,
  'new write key': newKey,
  'question before a key is revoked': keyRevocation,
  providers,
  'form of a provider': providerForm,
  'live events': liveEvents,
  'mapping of an import': importMapping,
  'findings of an import': importChecked,
  'not found': nowhere,
  'shortcut sheet': shortcutSheet,
  palette,
};

for (const colorScheme of ['light', 'dark'] as const) {
  story.describe(`in the ${colorScheme} scheme`, () => {
    story.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, open] of Object.entries(pages)) {
      story(`${name} has no barrier that a machine can find`, async ({ page }) => {
        await open(page);
        await expectAccessible(page);
      });
    }
  });
}

for (const width of [390]) {
  story(`every page fits a screen ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await signIn(page);
    const lead = await firstId(page, '/api/leads?limit=1');
    for (const path of [
      '/leads',
      `/leads/${lead}`,
      '/alerts',
      '/mail',
      '/sources',
      '/sources?view=providers',
      '/sources?view=events',
      '/sources?view=imports',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
}
