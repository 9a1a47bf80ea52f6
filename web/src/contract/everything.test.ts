// An export holds all that the filter holds, not what happens to stand on the screen.
import { afterEach, expect, test, vi } from 'vitest';
import { readEverything } from './everything';

const asked: URL[] = [];

/** A server with so many pages of 500. */
const serve = (pages: number) =>
  vi.stubGlobal('fetch', (address: string) => {
    const url = new URL(address, 'http://desk');
    asked.push(url);
    const page = Number(url.searchParams.get('cursor') ?? 0);
    const body = { items: Array.from({ length: 500 }, () => ({})), next: page + 1 < pages ? String(page + 1) : null, totals: { sightings: pages * 500 } };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });

afterEach(() => {
  vi.unstubAllGlobals();
  asked.length = 0;
});

test('goes on by cursor to the end, with the same filter', async () => {
  serve(3);
  const { rows, last } = await readEverything('/sightings', { port: 443, sort: '-last' });
  expect([rows.length, last.next]).toEqual([1500, null]);
  expect(asked.map((url) => url.searchParams.get('cursor'))).toEqual([null, '1', '2']);
  expect(asked.every((url) => url.searchParams.get('port') === '443' && url.searchParams.get('limit') === '500')).toBe(true);
});

test('ends at the bound, and the last page tells that there is more', async () => {
  serve(120);
  const { rows, last } = await readEverything('/sightings', {});
  expect([rows.length, last]).toMatchObject([50_000, { next: '100', totals: { sightings: 60_000 } }]);
});
