// A page behind the link of a mail, in a real browser: looked at in three languages, narrow and wide; axe finds nothing (in a second window, as
// it is a script). What its reader does there, is done with JavaScript off.

import { createRequire } from 'node:module';
import path from 'node:path';
import { violationsOf } from './accessible.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const { chromium } = createRequire(path.join(root, 'web/package.json'))('playwright-core');

/** Writes FOLDER/PAGE-LANGUAGE-WIDTH.png and FOLDER/PAGE-thanks.png, prints what was wrong, a line each, and ends with 1 if anything was. */
export async function visit(name, link, folder, act) {
  const wrong = [];
  const look = async (browser, { language, width, dark = false }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP: true });
    const page = await context.newPage();
    const where = `${name}-${language}-${width}`;
    await page.goto(link.replace(new RegExp(`/(mk|sq|en)/${name}/`), `/${language}/${name}/`));
    await page.screenshot({ path: path.join(folder, `${where}.png`), fullPage: true });
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wrong.push(`${where}: wider than the window`);
    for (const violation of await violationsOf(page)) wrong.push(`${where}: ${violation}`);
    await context.close();
  };
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    await look(browser, { language: 'mk', width: 1280 });
    await look(browser, { language: 'sq', width: 360 });
    await look(browser, { language: 'en', width: 360, dark: true });
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(link);
    await act(page);
    await page.waitForURL(/\?thanks$/, { timeout: 10_000 }).catch(() => wrong.push(`the form leads to ${page.url()}`));
    if ((await page.getByRole('status').count()) !== 1) wrong.push('nobody says thank you');
    await page.screenshot({ path: path.join(folder, `${name}-thanks.png`), fullPage: true });
    if ((await context.cookies()).length > 0) wrong.push('a cookie was set');
  } finally {
    await browser.close();
  }
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
