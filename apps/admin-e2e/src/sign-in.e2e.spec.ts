import { expect } from '@playwright/test';
import { demo, story } from './admin.story';

story('a person without a session is asked to sign in and then comes to the page they wanted', async ({ page }) => {
  await page.goto('/alerts?state=done');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/alerts?state=done');
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
});

story('a wrong password is said inline and nothing else is', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('nobody@rekindle.test');
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('E-mail or password is not right.');
  await expect(page).toHaveURL(/\/sign-in/);
});

story('after signing out the pages are closed', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/leads');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/leads');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

story('the address after the sign-in cannot lead to another site', async ({ page }) => {
  await page.goto('/sign-in?next=//evil.example/leads');
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/leads');
});
