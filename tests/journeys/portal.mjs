// The portal in a real browser with JavaScript off: every page in three languages, narrow and wide, light and dark; axe
// finds nothing (it runs in a second window, as it is a script).
//
//   node portal.mjs http://localhost:PORT FOLDER
//
// Writes FOLDER/portal-PAGE-LANGUAGE-WIDTH[-dark].png, prints what was wrong, a line each, and ends with 1 if anything was.

import { createRequire } from 'node:module';
import path from 'node:path';
import { violationsOf } from './accessible.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const { chromium } = createRequire(path.join(root, 'web/package.json'))('playwright-core');

const [base, folder] = process.argv.slice(2);
const pages = { start: '/', contact: '/contact', about: '/about', statistics: '/statistics', missing: '/nothing-here' };
const wrong = [];
const note = (where, what) => wrong.push(`${where}: ${what}`);

/** What both windows of a view have in common. */
const looks = ({ width, dark }) => ({ viewport: { width, height: width < 500 ? 740 : 1000 }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });

function watch(page) {
  const isMissing = () => page.where.includes('-missing-');
  page.on('console', (message) => message.type() === 'error' && !(isMissing() && message.text().includes('404')) && note(page.where, `console: ${message.text()}`));
  page.on('response', (answer) => answer.status() >= 400 && !isMissing() && note(page.where, `${answer.status()} for ${answer.url()}`));
  page.on('request', (asked) => !asked.url().startsWith(base) && note(page.where, `asks ${asked.url()}`));
}

async function view(browser, { language, width, dark = false }) {
  const plain = await browser.newContext({ ...looks({ width, dark }), javaScriptEnabled: false });
  const judged = await browser.newContext({ ...looks({ width, dark }), bypassCSP: true });
  const page = await plain.newPage();
  const second = await judged.newPage();
  page.where = '';
  watch(page);
  for (const [name, where] of Object.entries(pages)) {
    page.where = second.where = `portal-${name}-${language}-${width}${dark ? '-dark' : ''}`;
    await page.goto(`${base}/${language}${where}`);
    await page.screenshot({ path: path.join(folder, `${page.where}.png`), fullPage: true });
    await second.goto(`${base}/${language}${where}`);
    const overflow = await second.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) note(page.where, `${overflow} px wider than the window`);
    for (const violation of await violationsOf(second)) note(page.where, violation);
  }
  if ((await plain.cookies()).length > 0) note(page.where, 'a cookie was set');
  await plain.close();
  await judged.close();
}

/** With the keyboard alone: the first Tab offers the content, and Enter goes there. */
async function keyboard(browser) {
  const context = await browser.newContext(looks({ width: 1280, dark: false }));
  const page = await context.newPage();
  page.where = 'keyboard';
  await page.goto(`${base}/en/`);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.className);
  if (first !== 'skip') note(page.where, `the first Tab leads to "${first}", not to the skip link`);
  await page.keyboard.press('Enter');
  const focused = await page.evaluate(() => document.activeElement?.id);
  if (focused !== 'content') note(page.where, `the skip link leads to "${focused}"`);
  await page.goto(`${base}/en/about`);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: path.join(folder, 'portal-about-en-print.png'), fullPage: true });
  await context.close();
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const language of ['mk', 'sq', 'en']) await view(browser, { language, width: 1280 });
  await view(browser, { language: 'mk', width: 360 });
  await view(browser, { language: 'sq', width: 360, dark: true });
  await view(browser, { language: 'en', width: 1280, dark: true });
  await keyboard(browser);
} finally {
  await browser.close();
}
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
