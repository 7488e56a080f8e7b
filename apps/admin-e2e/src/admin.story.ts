import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as plain, type APIRequestContext, type Page } from '@playwright/test';

/** The demo workspace's sign-in and write key. */
export const demo = { email: 'demo@rekindle.test', password: 'rekindle-demo', writeKey: 'demo_write_key' } as const;

interface Stories {
  /** What the page wrote to the console as an error, and what it threw; stories end with none. */
  complaints: string[];
}

// Refusals that a story asks for on purpose show up as these; everything else on the console is a defect.
const expected = /Failed to load resource/;

/** A story told in the browser: fails when the page complains on the console. */
export const story = plain.extend<Stories>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in without the form. */
export async function signIn(page: Page): Promise<void> {
  const { email, password } = demo;
  const answer = await page.request.post('/api/session', { headers: { 'x-rekindle': '1' }, data: { email, password } });
  expect(answer.status()).toBe(200);
}

/** An answer of the API, as the signed-in person. */
export async function ask<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

/** Every rule of WCAG 2.2 AA that a machine can check, on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => [node.html, node.failureSummary]),
  }));
  expect(found).toEqual([]);
}
