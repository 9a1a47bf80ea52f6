// How long a cold browser takes until one can type a name into the desk, and until Today shows its figures; and what it
// took over the wire.
//
//   node bench/desk/first_view.mjs [--runs 7] [--program build/release/src/programs/kula/kula]
//
// Starts a demo of its own. Each run is a browser of its own with nothing kept: Chromium, 1440 px. Prints medians and the
// best; the target is in LIMITS: < 250 kB before lazy parts, usable in < 1 s on loopback.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const { chromium } = createRequire(path.join(root, 'web/package.json'))('playwright-core');
const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, program: { type: 'string', default: path.join(root, 'build/release/src/programs/kula/kula') } },
});

/** A demo on a port of the system's choice: its address, and how to end it. */
async function startDemo() {
  const folder = mkdtempSync(path.join(tmpdir(), 'kula-first-view-'));
  const program = spawn(options.program, ['demo', '--data', path.join(folder, 'data'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const base = await new Promise((resolve, reject) => {
    let said = '';
    const hear = (bytes) => {
      said += bytes;
      const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', hear);
    program.on('exit', () => reject(new Error(`the demo ended: ${said}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      program.removeAllListeners('exit');
      program.on('exit', () => {
        rmSync(folder, { recursive: true });
        resolve();
      });
      program.kill('SIGTERM');
    });
  return { base, stop };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One cold visit: milliseconds from asking for the page until `usable` stands in it, kilobytes and requests by then. */
async function visit(base, where, usable, person) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    if (person !== undefined) await context.request.post(`${base}/api/v1/session`, { data: person });
    const page = await context.newPage();
    let bytes = 0;
    let requests = 0;
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      ++requests;
    });
    await page.addInitScript((selector) => {
      const found = () => {
        const part = document.querySelector(selector);
        if (part === null) return false;
        requestAnimationFrame(() => performance.mark('usable'));
        return true;
      };
      const watch = new MutationObserver(() => found() && watch.disconnect());
      watch.observe(document, { childList: true, subtree: true });
    }, usable);
    await page.goto(base + where);
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
    const ms = await page.evaluate(() => performance.getEntriesByName('usable')[0].startTime);
    return { ms, kilobytes: bytes / 1000, requests };
  } finally {
    await browser.close();
  }
}

const demo = await startDemo();
try {
  const { people } = await (await fetch(`${demo.base}/desk/demo.json`)).json();
  const { name, password } = people.find((one) => one.name === 'example.head');
  const views = [
    ['signing in', '/desk/sign-in', 'input[autocomplete~="username"]'],
    ['Today', '/desk/', '.k-figures dd, .k-figures strong', { name, password }],
  ];
  for (const [what, where, usable, person] of views) {
    const runs = [];
    for (let run = 0; run < Number(options.runs); ++run) runs.push(await visit(demo.base, where, usable, person));
    const times = runs.map(({ ms }) => ms);
    console.log(`${what}: usable in ${Math.round(median(times))} ms (best ${Math.round(Math.min(...times))}, target 1000), ${Math.round(median(runs.map((run) => run.kilobytes)))} kB in ${median(runs.map((run) => run.requests))} requests`);
  }
} finally {
  await demo.stop();
}
