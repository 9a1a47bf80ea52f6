// The page behind the link of a mail, in a real browser with JavaScript off: in three languages, narrow and wide; axe finds nothing
// (in a second window, as it is a script). Then somebody says that one of its findings is fixed.
//
//   node answer.mjs LINK FINDING FOLDER
//
// Writes FOLDER/answer-LANGUAGE-WIDTH.png, prints what was wrong, a line each, and ends with 1 if anything was.

import { createRequire } from 'node:module';
import path from 'node:path';
import { violationsOf } from './accessible.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const { chromium } = createRequire(path.join(root, 'web/package.json'))('playwright-core');

const [link, finding, folder] = process.argv.slice(2);
const wrong = [];

async function look(browser, { language, width, dark = false }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP: true });
  const page = await context.newPage();
  const where = `answer-${language}-${width}`;
  await page.goto(link.replace(/\/(mk|sq|en)\/answer\//, `/${language}/answer/`));
  await page.screenshot({ path: path.join(folder, `${where}.png`), fullPage: true });
  if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wrong.push(`${where}: wider than the window`);
  for (const violation of await violationsOf(page)) wrong.push(`${where}: ${violation}`);
  await context.close();
}

async function answer(browser) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  for (const box of await page.getByRole('checkbox').all()) if ((await box.getAttribute('value')) !== finding) await box.uncheck();
  await page.locator('#reason').fill('recursion is off');
  await page.locator('button[value=claimed_fixed]').click();
  await page.waitForURL(/\?thanks$/, { timeout: 10_000 }).catch(() => wrong.push(`the answer leads to ${page.url()}`));
  if ((await page.getByRole('status').count()) !== 1) wrong.push('nobody says thank you');
  await page.screenshot({ path: path.join(folder, 'answer-thanks.png'), fullPage: true });
  if ((await context.cookies()).length > 0) wrong.push('a cookie was set');
  await context.close();
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  await look(browser, { language: 'mk', width: 1280 });
  await look(browser, { language: 'sq', width: 360 });
  await look(browser, { language: 'en', width: 360, dark: true });
  await answer(browser);
} finally {
  await browser.close();
}
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
