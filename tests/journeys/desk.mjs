// The desk in a real browser: every page in three languages, narrow and wide, light and dark; and the ways through it.
//
//   node desk.mjs http://localhost:PORT FOLDER
//
// The demo's own sign-ins open it; KULA_TOKEN is a service token that may read.
//
// Writes FOLDER/PAGE-LANGUAGE-WIDTH[-dark].png, prints what was wrong, a line each, and ends with 1 if anything was. axe
// goes over every page wide and narrow, in the dark over its colours, and over all that each role may open, wide and narrow.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { settled, violationsOf } from './accessible.mjs';
import { walkByKeyboard } from './keyboard.mjs';
import { sortReports } from './triage.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const { chromium } = createRequire(path.join(root, 'web/package.json'))('playwright-core');

const [base, folder] = process.argv.slice(2);
const languages = ['mk', 'sq', 'en'];
const tallest = 4000; // px; of a longer page only what one sees first
const wrong = [];
const note = (where, what) => wrong.push(`${where}: ${what}`);

const words = Object.fromEntries(
  languages.map((language) => {
    const flat = {};
    const walk = (node, name) => {
      if (typeof node === 'string') flat[name] = node;
      else for (const [key, value] of Object.entries(node)) walk(value, name ? `${name}.${key}` : key);
    };
    walk(JSON.parse(readFileSync(path.join(root, `data/i18n/${language}.json`), 'utf8')), '');
    return [language, flat];
  }),
);

// Permissions are shown by their own names, some of which are keys of texts, too.
const permissions = new Set(Object.keys(JSON.parse(readFileSync(path.join(root, 'data/access/roles.json'), 'utf8')).permissions));
const token = process.env.KULA_TOKEN;
const ask = async (where) => (await fetch(base + where, { headers: { Authorization: `Bearer ${token}` } })).json();
const { people } = await ask('/desk/demo.json');
const person = (name) => people.find((one) => one.name === name);
const first = async (list) => (await ask(`/api/v1/${list}?limit=1`)).items[0].id;

async function signIn(context, name) {
  const { password } = person(name);
  const answer = await context.request.post(`${base}/api/v1/session`, { data: { name, password } });
  if (!answer.ok()) note(name, `sign-in answered ${answer.status()}`);
}

const sizeOf = (width) => ({ width, height: width < 500 ? 740 : 1000 });

/** A window of somebody who is signed in; of nobody where `as` is null. */
async function open(browser, { language, width, as = 'example.head' }) {
  const context = await browser.newContext({
    viewport: sizeOf(width),
    reducedMotion: 'reduce',
  });
  await context.addInitScript((chosen) => localStorage.setItem('kula.language', chosen), language);
  if (as !== null) await signIn(context, as);
  const page = await context.newPage();
  page.where = '';
  // Who is not signed in is told so; the browser writes that down, too.
  const expected = (status) => as === null && status === 401;
  page.on('console', (message) => message.type() === 'error' && !(as === null && message.text().includes('401')) && note(page.where, `console: ${message.text()}`));
  page.on('pageerror', (error) => note(page.where, `error: ${error.message}`));
  page.on('response', (answer) => answer.status() >= 400 && !expected(answer.status()) && note(page.where, `${answer.status()} for ${answer.url()}`));
  return page;
}

/** Nothing on the page is still being fetched. */
async function filled(page) {
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"], main .k-skeleton, main .mantine-Skeleton-root') === null);
  await page.evaluate(() => document.fonts.ready);
}

/** The page is drawn: it has its heading, and all that belongs to it. */
async function visit(page, where) {
  await page.goto(`${base}/desk${where}`);
  await page.locator('main h1').first().waitFor();
  await filled(page);
}

/** What the desk says, without the words of others that stand on it as they were written. */
async function judge(page, language) {
  const { overflow, text } = await page.evaluate(() => {
    const overflow = document.documentElement.scrollWidth - window.innerWidth;
    const others = [...document.querySelectorAll('main [translate="no"], aside [translate="no"]')];
    for (const part of others) part.style.visibility = 'hidden'; // Leaves innerText, and every place as it is.
    const text = document.body.innerText;
    for (const part of others) part.style.visibility = '';
    return { overflow, text };
  });
  if (overflow > 0) note(page.where, `${overflow} px wider than the window`);
  for (const key of Object.keys(words.en)) {
    if (key.includes('.') && !permissions.has(key) && text.includes(key)) note(page.where, `shows the key ${key}`);
  }
  if (language === 'en') return;
  for (const [key, english] of Object.entries(words.en)) {
    const phrase = english.length > 14 && !english.includes('{{') && words[language][key] !== english;
    if (phrase && text.includes(english)) note(page.where, `English left over (${key}): ${english}`);
  }
}

/** The window as one asks to see it, drawn anew. */
async function look(page, { width, dark = false }) {
  const colorScheme = dark ? 'dark' : 'light';
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(sizeOf(width));
  await page.waitForFunction((scheme) => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme);
}

/** What axe finds in the light, and in the dark, where only colours are others. */
async function access(page, view) {
  for (const dark of [false, true]) {
    await look(page, { ...view, dark });
    for (const violation of await violationsOf(page, dark ? ['color-contrast'] : undefined)) note(`${page.where}${dark ? '-dark' : ''}`, violation);
  }
}

/** Each page is opened once and looked at in several views. */
async function picturesOf(browser, pages, language, views, as) {
  const page = await open(browser, { language, ...views[0], as });
  for (const [name, where] of Object.entries(pages)) {
    page.where = `${name}-${language}`;
    try {
      await page.setViewportSize(sizeOf(views[0].width)); // In which the desk chooses its navigation.
      await visit(page, where);
      for (const view of views) {
        page.where = `${name}-${language}-${view.width}${view.dark ? '-dark' : ''}`;
        await look(page, view);
        await filled(page);
        await settled(page);
        await judge(page, language);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({ path: path.join(folder, `${page.where}.png`), fullPage: height < tallest });
        if (view.axe) await access(page, view);
      }
    } catch (error) {
      note(page.where, error.message.split('\n')[0]);
    }
  }
  await page.context().close();
}

/** A number on the Picture leads to the sightings it counts, one of them to its page, and that to the organisation. */
async function walk(browser) {
  const page = await open(browser, { language: 'en', width: 1440 });
  page.where = 'walk';
  await visit(page, '/');
  await page.waitForURL(/\/desk\/today$/);
  await visit(page, '/picture');
  await page.locator('main a[href*="/sightings?"]').first().click();
  await page.waitForURL(/\/desk\/sightings\?/);
  await page.locator('main table tbody tr').first().waitFor();
  await page.goBack();
  await page.waitForURL(/\/desk\/picture($|\?)/);

  const { id } = (await ask('/api/v1/sightings?limit=1')).items[0];
  await visit(page, `/sightings/${id}`);
  await page.locator('main a[href*="/indicators/"]').first().click();
  await page.waitForURL(/\/desk\/indicators\//);
  await page.locator('main h1').first().waitFor();
  await page.context().close();
}

/** A passkey made on the account page opens the desk again, without a password. */
async function passkey(browser) {
  const page = await open(browser, { language: 'en', width: 1440, as: 'example.auditor' });
  page.where = 'passkey';
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await visit(page, '/account');
  await page.getByRole('button', { name: words.en['passkey.add'], exact: true }).click();
  await page.getByLabel(words.en['passkey.name']).fill('Journey');
  await page.getByRole('button', { name: words.en['passkey.make'] }).click();
  await page.getByText('Journey').first().waitFor();
  await page.context().clearCookies();
  page.removeAllListeners('console');
  page.removeAllListeners('response');
  await page.goto(`${base}/desk/sign-in`);
  await page.getByRole('button', { name: words.en['sign_in.passkey'] }).click();
  await page.locator('nav a[href*="/trail"]').first().waitFor();
  await page.context().close();
}

/** A hospital's administrator proposes a change of its record, which waits until the registry officer approves it. */
async function propose(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.hospital' });
  page.where = 'propose';
  await visit(page, '/organisations');
  await page.locator('main table tbody a[href*="/organisations/"]').first().click();
  await page.getByRole('link', { name: mk['proposals.propose'] }).click();
  await page.getByLabel(mk['field.website']).fill('https://hospital.example/nov');
  await page.getByRole('textbox', { name: mk['proposals.remark'] }).fill('Нова адреса');
  await judge(page, 'mk');
  await page.screenshot({ path: path.join(folder, 'propose-mk-1440.png'), fullPage: true });
  await page.getByRole('button', { name: mk['proposals.send'] }).click();
  await page.waitForURL(/\/desk\/organisations\/proposals/);
  await page.getByText('https://hospital.example/nov').waitFor();
  await page.getByRole('button', { name: mk['proposals.withdraw'] }).waitFor();
  await page.screenshot({ path: path.join(folder, 'proposed-mk-1440.png') });
  await page.context().close();
}

async function approve(browser) {
  const page = await open(browser, { language: 'sq', width: 1440, as: 'example.registry' });
  page.where = 'approve';
  await visit(page, '/organisations/proposals');
  await page.getByRole('button', { name: words.sq['proposals.approve'] }).click();
  await page.getByText(words.sq['proposal_state.approved']).first().waitFor();
  await page.context().close();
}

/** A file's preview tells what will change; then that is done. */
async function importPreview(browser) {
  const en = words.en;
  const page = await open(browser, { language: 'en', width: 1440 });
  page.where = 'import';
  await visit(page, '/organisations/import');
  await page.getByLabel(en['import.text']).fill('name,sector,size\nExample Library Lakeside,education,small\nBroken,nonsense,\n');
  await page.getByRole('button', { name: en['import.preview'] }).click();
  await page.getByText('Example Library Lakeside').first().waitFor();
  await page.screenshot({ path: path.join(folder, 'import-preview-en-1440.png'), fullPage: true });
  await page.getByRole('button', { name: en['import.apply_one'].replace('{{n}}', '1') }).click();
  await page.getByRole('link', { name: 'Example Library Lakeside' }).click();
  await page.getByText(en['size.small'], { exact: true }).waitFor();
  await page.context().close();
}

/** What is set aside of a delivery is read again by a mapping that was mended on the page. */
async function mend(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440 });
  page.where = 'mend';
  const { id } = (await ask('/api/v1/deliveries?set_aside=true&limit=1')).items[0];
  await visit(page, `/deliveries?open=${id}`);
  await page.getByRole('link', { name: mk['delivery.mend'] }).click();
  const text = page.getByLabel(mk['mapping.text']);
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('{'));
  const mapping = JSON.parse(await text.inputValue());
  await text.fill(JSON.stringify({ ...mapping, needed: ['timestamp'] }));
  await page.getByText(mk['delivery.none_aside']).waitFor();
  await page.screenshot({ path: path.join(folder, 'mapping-mended-mk-1440.png') });
  await page.getByRole('button', { name: mk['mapping.read_again'] }).click();
  await page.getByText(mk['delivery.none_set_aside']).waitFor();
  await page.context().close();
}

/** What was saved is undone from where it was said, and the record is as it was. */
async function undo(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.registry' });
  page.where = 'undo';
  const id = await first('organisations');
  const before = await ask(`/api/v1/organisations/${id}`);
  await visit(page, `/organisations/${id}/edit`);
  await page.getByLabel(mk['field.short_name']).fill('Пробно име');
  await page.getByRole('button', { name: mk['action.save'] }).click();
  await page.getByText('Пробно име', { exact: true }).waitFor();
  await page.getByRole('button', { name: mk['action.undo'], exact: true }).click();
  await page.getByText(mk['undo.done']).waitFor();
  await page.getByText('Пробно име', { exact: true }).waitFor({ state: 'detached' });
  const after = await ask(`/api/v1/organisations/${id}`);
  const told = ({ version, changed_at: at, changed_by: by, sightings_24h: sightings, flows_24h: flows, last_sighted: last, ...rest }) => JSON.stringify(rest);
  if (told(after) !== told(before)) note(page.where, `left ${told(after)} of ${told(before)}`);
  await page.context().close();
}

/** Of the page of rules; where all were told by now, of what the last day's events would have sent. */
async function previewWithMessages(page, text) {
  const preview = page.locator('.k-preview');
  await preview.locator('.k-plan, .k-empty, .k-not-told').first().waitFor();
  if ((await preview.locator('.k-plan').count()) === 0) await preview.getByText(text['routing.reach_day']).click();
  await preview.locator('.k-plan').first().waitFor();
  return preview;
}

/** Nobody is told of one organisation any more: the preview says what that changes, and once it is saved it is the first of the rules. */
async function suppress(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.analyst' });
  page.where = 'suppress';
  await visit(page, '/rules');
  const preview = await previewWithMessages(page, mk);
  const planned = preview.locator('.k-planned-head a').first();
  const name = (await planned.count()) > 0 ? await planned.innerText() : (await ask('/api/v1/organisations?limit=1')).items[0].name;
  const shown = await preview.locator('.k-plan').getByRole('link', { name, exact: true }).count();
  await page.getByRole('button', { name: mk['routing.add_suppression'] }).click();
  await page.getByRole('combobox', { name: mk['routing_field.organisations'] }).fill(name);
  await page.getByRole('option', { name, exact: true }).click();
  await page.locator('.k-rule .k-chip').getByRole('link', { name }).waitFor();
  if (shown > 0) {
    await preview.getByText(mk['routing_reason.suppressed']).waitFor();
    await preview.locator('.k-plan').getByRole('link', { name, exact: true }).first().waitFor({ state: 'detached' });
  }
  await judge(page, 'mk');
  await settled(page);
  for (const violation of await violationsOf(page)) note(page.where, violation);
  await page.screenshot({ path: path.join(folder, 'suppress-mk-1440.png'), fullPage: true });
  await page.getByRole('button', { name: mk['action.save'], exact: true }).click();
  await page.getByText(mk['routing.saved']).waitFor();
  const first = page.locator('.k-rule').first();
  await first.getByText(mk['routing.new_suppresses'], { exact: true }).waitFor();
  await first.getByRole('link', { name }).waitFor();
  await page.getByText(mk['routing.unsaved']).waitFor({ state: 'detached' });
  // The arrows take it to its place, and keep the focus.
  await first.getByRole('button', { name: new RegExp(mk['routing.down']) }).press('Enter');
  await page.locator('.k-rule').nth(1).getByText(mk['routing.new_suppresses'], { exact: true }).waitFor();
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-deed'));
  if (focused !== 'down') note(page.where, `the focus is at ${focused} after moving`);
  await page.getByRole('button', { name: mk['routing.give_up'] }).click();
  await first.getByText(mk['routing.new_suppresses'], { exact: true }).waitFor();
  await page.context().close();
}

/** The team is given a calendar, and a rule waits for working hours: it says so, and the preview says till when what waits is held. */
async function waitForHours(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.analyst' });
  page.where = 'wait';
  await visit(page, '/rules');
  const preview = await previewWithMessages(page, mk);
  await page.getByRole('combobox', { name: mk['routing_field.calendar'] }).click();
  await page.getByRole('option').first().click();
  // A minute a day: whenever this runs, what waits is held.
  await page.getByLabel(mk['routing.hours_from'].replace('{{name}}', mk['routing.hours_working'])).fill('00:00');
  await page.getByLabel(mk['routing.hours_until'].replace('{{name}}', mk['routing.hours_working'])).fill('00:01');
  for (let place = 0; place < (await page.locator('.k-rule[data-tells=true]').count()); place += 1) {
    const rule = page.locator('.k-rule[data-tells=true]').nth(place);
    await rule.locator('[data-deed=edit]').click();
    await rule.getByRole('combobox', { name: mk['routing_field.leaves'] }).click();
    await page.getByRole('option', { name: mk['routing.leaves_in_working_hours'], exact: true }).click();
    await rule.getByRole('button', { name: mk['action.done'] }).click();
    await rule.getByText(mk['routing.leaves_in_working_hours'], { exact: true }).waitFor();
  }
  if ((await preview.locator('.k-planned').count()) > 0) await preview.locator('.k-waits').first().waitFor();
  await judge(page, 'mk');
  await settled(page);
  for (const violation of await violationsOf(page)) note(page.where, violation);
  await page.screenshot({ path: path.join(folder, 'wait-mk-1440.png'), fullPage: true });
  await page.getByRole('button', { name: mk['routing.give_up'] }).click();
  await page.getByText(mk['routing.unsaved']).waitFor({ state: 'detached' });
  await page.context().close();
}

/** A message is written, foretold to be held, kept over a reload and held; once plain mail is agreed with its organisation, it is sent. */
async function writeTo(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.analyst' });
  page.where = 'write';
  const { id } = (await ask('/api/v1/organisations?search=Example%20Ministry%20of%20Finance')).items[0];
  await visit(page, `/organisations/${id}`);
  await page.locator('main').getByRole('link', { name: mk['messages.write'] }).click();
  await page.getByText(mk['messages.nobody_title']).waitFor();
  await page.getByRole('group', { name: mk['message_field.roles'] }).getByRole('checkbox').first().check();
  await page.getByText(mk['message_reason.no_key']).waitFor();
  await page.getByLabel(mk['message_field.subject']).fill('Проба');
  await page.getByLabel(mk['message_field.text']).fill('Прв ред\n<b>втор ред</b>');
  await page.reload();
  await page.getByText(mk['message_reason.no_key']).waitFor();
  if ((await page.getByLabel(mk['message_field.subject']).inputValue()) !== 'Проба') note(page.where, 'the draft is gone after a reload');
  await judge(page, 'mk');
  await settled(page);
  for (const violation of await violationsOf(page)) note(page.where, violation);
  await page.screenshot({ path: path.join(folder, 'write-mk-1440.png'), fullPage: true });
  await page.getByRole('button', { name: mk['messages.send_to'] }).click();
  await page.getByRole('button', { name: mk['messages.hold'] }).click();
  const panel = page.locator('aside.k-side');
  await panel.getByText(mk['message_advice.ask_key']).waitFor();
  await panel.getByText('<b>втор ред</b>').waitFor();
  const held = page.url();
  await panel.getByRole('link', { name: mk['messages.to_organisation'].replace('{{name}}', 'Example Ministry of Finance') }).click();
  await page.getByRole('button', { name: mk['plain_mail.agree'] }).click();
  await page.getByLabel(mk['plain_mail.why']).fill('Допис од 2 ноември 2026');
  await settled(page);
  for (const violation of await violationsOf(page)) note(`${page.where}-plain`, violation);
  await page.getByRole('dialog').getByRole('button', { name: mk['action.save'] }).click();
  await page.getByRole('button', { name: mk['plain_mail.end'] }).waitFor();
  await page.goto(held);
  await panel.getByRole('button', { name: mk['messages.retry'] }).click();
  await page.getByRole('dialog').getByRole('button', { name: mk['messages.retry'] }).click();
  await panel.getByText(mk['message_state.sent'], { exact: true }).first().waitFor();
  await panel.getByText(mk['message_reason.plain_is_agreed']).waitFor();
  await page.screenshot({ path: path.join(folder, 'written-mk-1440.png') });
  await page.context().close();
}

/** An incident is opened, written about by keyboard, taken further and back, linked to another, merged with it and taken out again. */
async function handle(browser) {
  const mk = words.mk;
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.analyst' });
  page.where = 'handle';
  const begin = async (title, severity) => {
    await visit(page, '/incidents');
    await page.keyboard.press('n');
    await page.waitForURL(/\/desk\/incidents\/new$/);
    await page.getByLabel(mk['incident_field.title']).fill(title);
    await page.getByRole('combobox', { name: mk['field.class'] }).click();
    await page.getByRole('option', { name: mk['rsit.class.malicious_code'], exact: true }).click();
    await page.getByRole('combobox', { name: mk['field.type'] }).click();
    await page.getByRole('option', { name: mk['rsit.type.infected_system'], exact: true }).click();
    await page.getByRole('radio', { name: new RegExp(`^${mk[`severity.${severity}`]}`) }).check();
    await page.getByLabel(mk['incident_field.summary']).fill('Датотеките се **шифрирани**.\n\n- [плати](http://pay.example.net/)\n- <img src=x>');
    await page.getByRole('button', { name: mk['incidents.open'], exact: true }).click();
    await page.waitForURL(/\/desk\/incidents\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    return page.url();
  };
  const other = await begin('Втора пријава од болницата', 'medium');
  await begin('Рансомвер во болница', 'critical');
  await page.locator('.k-markdown strong', { hasText: 'шифрирани' }).waitFor();
  if ((await page.locator('.k-markdown a, .k-markdown img').count()) > 0) note(page.where, 'Markdown leads somewhere, or draws a picture');
  await page.keyboard.press('n');
  await page.keyboard.type('Повикана е болницата.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.k-entry', { hasText: 'Повикана е болницата.' }).waitFor();
  const steps = page.getByRole('group', { name: mk['incidents.further'] });
  const marks = page.locator('.k-page-title');
  await steps.getByRole('button', { name: 'Се истражува' }).click();
  await marks.getByText('Се истражува', { exact: true }).waitFor();
  await steps.getByRole('button', { name: 'Ограничен' }).click();
  await page.getByRole('button', { name: mk['action.undo'], exact: true }).last().click();
  await marks.getByText('Се истражува', { exact: true }).waitFor();
  await steps.getByRole('button', { name: /^Се чека на други/ }).click();
  await page.getByRole('dialog').getByLabel(mk['incident_field.reason']).fill('Чекаме одговор од болницата.');
  await page.getByRole('dialog').getByRole('button', { name: 'Се чека на други' }).click();
  await page.locator('.k-entry', { hasText: 'Чекаме одговор' }).waitFor();
  const choose = async (label) => {
    await page.getByRole('dialog').getByRole('combobox', { name: label }).fill('Втора пријава');
    await page.getByRole('option', { name: /Втора пријава од болницата$/ }).click();
  };
  await page.getByRole('button', { name: `${mk['incidents.link']}…` }).click();
  await choose(mk['incidents.other']);
  await page.getByRole('dialog').getByRole('button', { name: mk['incidents.link'], exact: true }).click();
  await page.locator('.k-incident-link a').waitFor();
  await judge(page, 'mk');
  await settled(page);
  for (const violation of await violationsOf(page)) note(page.where, violation);
  await page.screenshot({ path: path.join(folder, 'handle-mk-1440.png'), fullPage: true });
  await page.goto(other);
  await page.getByRole('button', { name: `${mk['incidents.merge']}…` }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: mk['incidents.merge_into'] }).fill('Рансомвер');
  await page.getByRole('option', { name: /Рансомвер во болница$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: mk['incidents.merge'], exact: true }).click();
  await page.getByRole('button', { name: mk['incidents.unmerge'] }).click();
  await page.getByRole('button', { name: `${mk['incidents.merge']}…` }).waitFor();
  await page.context().close();
}

/** A role finds what is its own, and is told plainly of the rest. */
async function roleOf(browser, name) {
  const page = await open(browser, { language: 'en', width: 1440, as: name });
  page.where = `role-${name}`;
  await visit(page, '/');
  await page.screenshot({ path: path.join(folder, `${page.where}.png`) });
  const places = await page.locator('nav.k-nav li a').evaluateAll((links) => links.map((link) => link.getAttribute('href').replace('/desk', '')));
  for (const [index, place] of (places.length > 0 ? places : ['/account']).entries()) {
    page.where = `role-${name}${place}`;
    await look(page, { width: index % 2 === 0 ? 1440 : 360, dark: index % 2 !== 0 });
    await visit(page, place);
    for (const violation of await violationsOf(page)) note(page.where, violation);
  }
  await page.context().close();
}

/** Two at a time, which is what the smallest machine has processors for. */
async function sideBySide(jobs) {
  const waiting = jobs.values();
  const lane = async () => {
    for (const job of waiting) await job();
  };
  await Promise.all([lane(), lane()]);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  await handle(browser);
  await sortReports({ browser, open, visit, judge, note, words: words.mk, folder });
  const pages = {
    today: '/today',
    picture: '/picture',
    sightings: '/sightings',
    sighting: `/sightings/${await first('sightings')}`,
    events: '/events?window=all',
    'event-beside': `/events?window=all&open=${await first('events')}`,
    event: `/events/${await first('events')}`,
    findings: '/findings',
    'findings-beside': `/findings?open=${await first('findings')}`,
    finding: `/findings/${await first('findings')}`,
    loop: '/findings/loop',
    triage: '/triage',
    'report-beside': `/triage?open=${await first('reports')}`,
    'triage-all': '/triage?state=all',
    report: `/triage/${await first('reports')}`,
    'report-new': '/triage/new',
    'report-accept': `/triage/${await first('reports')}/accept`,
    incidents: '/incidents',
    'incident-beside': `/incidents?open=${await first('incidents')}`,
    incident: `/incidents/${await first('incidents')}`,
    'incident-new': '/incidents/new',
    'incident-edit': `/incidents/${await first('incidents')}/edit`,
    organisations: '/organisations',
    'organisation-beside': `/organisations?open=${await first('organisations')}`,
    organisation: `/organisations/${await first('organisations')}`,
    'organisation-new': '/organisations/new',
    'organisations-import': '/organisations/import',
    'organisation-edit': `/organisations/${await first('organisations')}/edit`,
    proposals: '/organisations/proposals',
    conflicts: '/organisations/conflicts',
    'national-space': '/organisations/national-space',
    indicators: '/indicators',
    indicator: `/indicators/${await first('indicators')}`,
    'indicators-import': '/indicators/import',
    sources: '/indicators/sources',
    feeds: '/feeds',
    feed: `/feeds/${await first('feeds')}`,
    'feed-new': '/feeds/new',
    'feed-edit': `/feeds/${await first('feeds')}/edit`,
    rules: '/rules',
    outbox: '/outbox',
    'outbox-held': '/outbox?state=held',
    'message-beside': `/outbox?open=${await first('messages')}`,
    message: `/outbox/${await first('messages')}`,
    'message-new': `/outbox/new?organisation=${await first('organisations')}`,
    deliveries: '/deliveries',
    'delivery-beside': `/deliveries?open=${await first('deliveries')}`,
    delivery: `/deliveries/${await first('deliveries')}`,
    mapping: '/deliveries/mapping',
    'mapping-mended': `/deliveries/mapping?delivery=${await first('deliveries')}`,
    collectors: '/collectors',
    account: '/account',
    people: '/people',
    person: `/people/${await first('users')}`,
    'person-new': '/people/new',
    sessions: '/sessions',
    upkeep: '/upkeep',
    team: '/team',
    tokens: '/tokens',
    'token-new': '/tokens/new',
    trail: '/trail',
  };
  await propose(browser);
  const outside = { 'sign-in': '/sign-in', welcome: '/welcome#not-a-link' };
  const views = {
    sq: [{ width: 1440 }, { width: 360, axe: true }],
    en: [{ width: 1440, axe: true }, { width: 2560 }],
    mk: [{ width: 1440 }, { width: 1440, dark: true }],
  };
  await sideBySide(Object.entries(views).flatMap(([language, of]) => [() => picturesOf(browser, pages, language, of), () => picturesOf(browser, outside, language, of, null)]));
  const ways = async () => {
    await walk(browser);
    await approve(browser);
    await importPreview(browser);
    await undo(browser);
    await suppress(browser);
    await waitForHours(browser);
    await writeTo(browser);
    await mend(browser);
    await walkByKeyboard({ browser, open, visit, note, words: words.en });
  };
  await sideBySide([ways, ...people.map(({ name }) => () => roleOf(browser, name))]);
  await passkey(browser); // Alone: whoever enrols a first factor ends their other sessions.
} finally {
  await browser.close();
}
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
