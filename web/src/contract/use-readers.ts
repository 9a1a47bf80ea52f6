import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Readers } from './types';
import { useMay } from './use-session';

/** The people of the team, by name: who can be named as a reader of TLP:RED, or as a lead. */
export function useReaders() {
  const may = useMay();
  return useQuery({
    queryKey: ['readers'],
    queryFn: async ({ signal }) => (await read<{ items: Readers }>('/readers', {}, signal)).items,
    enabled: may('indicators.import'),
  });
}
