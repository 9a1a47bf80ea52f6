import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Sector } from './types';

/** All sectors in the order to show them; they change with a release only. */
export const useSectors = () =>
  useQuery({
    queryKey: ['sectors'],
    queryFn: async ({ signal }) => (await read<{ items: Sector[] }>('/sectors', {}, signal)).items,
    staleTime: Infinity,
  });

const isLabelled = (language: string): language is keyof Sector['labels'] => ['en', 'mk', 'sq'].includes(language);

/** A sector's name in a language; its id when nobody knows it. */
export function sectorLabel(sectors: readonly Sector[] | undefined, id: string, language: string): string {
  const labels = sectors?.find((sector) => sector.id === id)?.labels;
  return labels?.[isLabelled(language) ? language : 'en'] ?? id;
}
