import { useMutation } from '@tanstack/react-query';
import { readEverything } from '@/contract/everything';
import type { Sighting, SightingPage, SightingQuery } from '@/contract/types';
import { downloadRows } from '@/ui/csv';
import { sightingsCsv } from './export';

/** What was exported, of all that there is. */
export interface Exported {
  rows: number;
  all: number;
}

/** Hands all that a query holds to the browser as a file. */
export const useExport = () =>
  useMutation({
    mutationFn: async (query: SightingQuery): Promise<Exported> => {
      const { rows, last } = await readEverything<Sighting, SightingPage>('/sightings', query);
      downloadRows('sightings', sightingsCsv, rows);
      return { rows: rows.length, all: last.next === null ? rows.length : last.totals.sightings };
    },
  });
