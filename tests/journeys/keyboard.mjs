// The desk by keyboard alone: every stop of Tab is seen, nothing lies over it, and what opens gives the focus back.

const most = 250; // stops of one page; more means that Tab goes round in circles

/** What is wrong with the element that has the focus; and what tells it from others. */
const standing = () => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const look = (element) => {
    const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(element);
    return [outline, boxShadow, borderColor, backgroundColor].join(' ');
  };
  const around = [at, at.parentElement, at.parentElement?.parentElement, at.nextElementSibling].filter((element) => element instanceof Element);
  const with_ = around.map(look).join('|');
  at.blur();
  const without = around.map(look).join('|');
  at.focus({ preventScroll: true, focusVisible: true });
  // What a label draws instead of its control (a switch, a choice of several) is looked for at the label.
  const shown = at.matches('input[type=radio], input[type=checkbox]') ? (at.labels?.[0] ?? at) : at;
  const box = shown.getBoundingClientRect();
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  const places = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
  const seen = right > left && bottom > top && places.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (shown.contains(hit) || hit.contains(shown));
  });
  if (!at.dataset.stop) at.dataset.stop = String((globalThis.stops = (globalThis.stops ?? 0) + 1));
  return { stop: at.dataset.stop, name: `${at.tagName.toLowerCase()} "${(at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? '').slice(0, 40)}"`, marked: with_ !== without, seen };
};

/** Goes over the whole page with Tab until it begins anew. */
async function tabThrough(page, note) {
  const met = new Set();
  // The browser tells of a change only in the next frame, where it is told to take its time for it.
  await page.addStyleTag({ content: '* { transition: none !important; }' });
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(standing);
    if (stop === null || met.has(stop.stop)) return met.size;
    met.add(stop.stop);
    if (!stop.marked) note(page.where, `the focus does not show at ${stop.name}`);
    if (!stop.seen) note(page.where, `something lies over ${stop.name}, which has the focus`);
  }
  note(page.where, `Tab found no end after ${most} stops`);
  return met.size;
}

/** What was closed gives the focus back to what opened it. */
async function returned(page, opener, note) {
  const back = await page.waitForFunction((element) => element === document.activeElement, await opener.elementHandle()).catch(() => null);
  if (back === null) note(page.where, `Escape leaves the focus at ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`);
}

/** Presses the key until the element has the focus; no mouse, no script. */
async function reach(page, locator, key = 'Tab') {
  for (let count = 0; count < most; count += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${locator}`);
}

async function skipping({ page, visit, note }) {
  page.where = 'keyboard skip link';
  await visit(page, '/sightings');
  await page.keyboard.press('Tab');
  const skip = page.locator('.k-skip');
  if (!(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0))) note(page.where, 'the first Tab does not show it');
  await page.keyboard.press('Enter');
  if (!(await page.evaluate(() => document.activeElement?.id === 'main'))) note(page.where, 'it does not lead to the page');
}

async function palette({ page, visit, note, words }) {
  page.where = 'keyboard palette';
  await visit(page, '/collectors');
  const opener = page.getByRole('button', { name: words['frame.narrow'] });
  await reach(page, opener);
  await page.keyboard.press('/');
  await page.locator('[role=dialog] input:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await returned(page, opener, note);
  await page.keyboard.press('Control+k');
  await page.locator('[role=dialog] input:focus').waitFor();
  await page.keyboard.type(words['indicators.sources']);
  const wanted = page.locator('[role=dialog] [data-action]', { hasText: words['indicators.sources'] }).last();
  await wanted.waitFor();
  await page.locator('[role=dialog] [aria-busy=false]').waitFor();
  for (let count = 0; count < 20 && (await wanted.getAttribute('data-selected')) === null; count += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/indicators\/sources/);
}

async function menus({ page, visit, note, words }) {
  page.where = 'keyboard menus';
  await visit(page, '/collectors');
  const opener = page.getByRole('button', { name: words['settings.title'] });
  await reach(page, opener);
  await page.keyboard.press('Enter');
  await page.locator('[role=menu]').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.locator('[role=menu]').waitFor({ state: 'detached' });
  await returned(page, opener, note);
}

/** Down a list beside its panel, and back to the line that was open. */
const list = (of) => async ({ page, visit, note, words }) => {
  page.where = `keyboard list ${of}`;
  await visit(page, `/${of}`);
  await reach(page, page.getByRole('group', { name: words[`nav.${of}`] }));
  await page.keyboard.press('ArrowDown');
  const panel = page.locator('aside.k-side');
  await panel.waitFor();
  await page.waitForURL(/open=/);
  const first = page.url();
  await page.keyboard.press('ArrowDown');
  await page.waitForURL((url) => String(url) !== first);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  if (!(await page.evaluate(() => document.activeElement?.closest('.k-table-scroll') !== null))) note(page.where, 'Escape takes the focus from the list');
};

/** A dialog keeps the focus while it stands and gives it back when it goes. */
async function dialog({ page, visit, note, words }) {
  page.where = 'keyboard dialog';
  await visit(page, '/tokens');
  const opener = page.locator('main table button').first();
  await reach(page, opener);
  await page.keyboard.press('Enter');
  const box = page.locator('[role=dialog]');
  await box.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]') !== null);
  for (let count = 0; count < 12; count += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null))) {
      note(page.where, 'Tab leaves it');
      break;
    }
  }
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
  await returned(page, opener, note);
}

/** Who typed something is asked before it is lost. */
async function draft({ page, visit, note, words }) {
  page.where = 'keyboard draft';
  await visit(page, '/organisations/new');
  const name = page.locator('main form input').first();
  await reach(page, name);
  await page.keyboard.type('Example Draft');
  const asked = page.waitForEvent('dialog').then((question) => question.dismiss());
  const away = page.locator('nav.k-nav a', { hasText: words['nav.collectors'] });
  await reach(page, away, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await asked;
  if ((await name.inputValue()) !== 'Example Draft') note(page.where, 'what was typed is gone');
  page.once('dialog', (question) => void question.accept());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/collectors/);
}

/** `open`, `visit` and `note` are the journey's; `words` are English. */
export async function walkByKeyboard({ browser, open, visit, note, words }) {
  for (const [as, part] of [['example.head', skipping], ['example.head', palette], ['example.head', menus], ['example.head', list('sightings')], ['example.head', list('organisations')], ['example.head', list('incidents')], ['example.head', draft], ['example.admin', dialog]]) {
    const page = await open(browser, { language: 'en', width: 1440, as });
    await part({ page, visit, note, words }).catch((error) => note(page.where, error.message.split('\n')[0]));
    await page.context().close();
  }
  for (const [width, places] of [[1440, ['/today', '/sightings', '/organisations/new', '/incidents/new', '/account']], [360, ['/today', '/indicators', '/people/new']]]) {
    const page = await open(browser, { language: 'en', width, as: width === 360 ? 'example.admin' : 'example.head' });
    for (const where of places) {
      page.where = `keyboard ${where} ${width}`;
      await visit(page, where);
      const stops = await tabThrough(page, note);
      if (stops < 10) note(page.where, `Tab stops only ${stops} times`);
    }
    await page.context().close();
  }
}
