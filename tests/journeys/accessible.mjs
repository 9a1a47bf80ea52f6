// What axe finds on a page as it stands: WCAG 2.2 A and AA, and what its makers hold for good practice.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const axe = readFileSync(createRequire(path.join(root, 'web/package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Until nothing moves: a colour on its way to another one is not what people read. What ends may start what follows it. */
export const settled = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const moving = () => document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await frame();
    for (let ends = moving(); ends.length > 0; ends = moving()) {
      await Promise.allSettled(ends.map((each) => each.finished));
      await frame();
    }
  });

/** One line for each place that breaks a rule: one of those named, or any. */
export async function violationsOf(page, rules) {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const found = await page.evaluate(async (only) => (await globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations, runOnly);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none][0]?.message ?? help;
      return `axe ${id} at ${target.join(' ')}: ${why}`;
    }),
  );
}
