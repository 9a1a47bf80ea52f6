// An export holds all that the filter holds, not what happens to stand on the screen.
import { afterEach, expect, test, vi } from 'vitest';
import { readEverything } from './use-export';

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
  const { rows, all } = await readEverything({ port: 443, sort: '-last' });
  expect([rows.length, all]).toEqual([1500, 1500]);
  expect(asked.map((url) => url.searchParams.get('cursor'))).toEqual([null, '1', '2']);
  expect(asked.every((url) => url.searchParams.get('port') === '443' && url.searchParams.get('limit') === '500')).toBe(true);
});

test('ends at the bound and tells how many there are', async () => {
  serve(120);
  const { rows, all } = await readEverything({});
  expect([rows.length, all]).toEqual([50_000, 60_000]);
});
