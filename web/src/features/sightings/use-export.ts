import { useMutation } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { Sighting, SightingPage, SightingQuery } from '@/contract/types';
import { download } from '@/ui/csv';
import { sightingsCsv } from './export';

const pageSize = 500;

/** So many rows a browser still holds and a spreadsheet still opens. */
const most = 50_000;

/** What was exported, of all that there is. */
export interface Exported {
  rows: number;
  all: number;
}

/** Everything that a query holds, page after page, up to the bound. */
export async function readEverything(query: SightingQuery): Promise<{ rows: Sighting[]; all: number }> {
  const rows: Sighting[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await read<SightingPage>('/sightings', { ...query, limit: pageSize, cursor });
    rows.push(...page.items);
    if (page.next === null || rows.length >= most) return { rows, all: page.next === null ? rows.length : page.totals.sightings };
    cursor = page.next;
  }
}

/** Hands all that a query holds to the browser as a file. */
export const useExport = () =>
  useMutation({
    mutationFn: async (query: SightingQuery): Promise<Exported> => {
      const { rows, all } = await readEverything(query);
      download(`kula-sightings-${new Date().toISOString().slice(0, 10)}.csv`, sightingsCsv(rows));
      return { rows: rows.length, all };
    },
  });
