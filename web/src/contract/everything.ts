import { read, type Query } from './client';

const pageSize = 500;

/** So many rows a browser still holds and a spreadsheet still opens. */
export const most = 50_000;

/** Everything that a query holds, page after page, up to the bound; `last` is the last page that was read. */
export async function readEverything<Row, P extends { items: Row[]; next: string | null }>(path: string, query: Query): Promise<{ rows: Row[]; last: P }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await read<P>(path, { ...query, limit: pageSize, cursor });
    rows.push(...page.items);
    if (page.next === null || rows.length >= most) return { rows, last: page };
    cursor = page.next;
  }
}
