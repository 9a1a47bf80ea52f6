import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Source } from './types';
import { useMay } from './use-session';

export function useSources() {
  const may = useMay();
  return useQuery({
    queryKey: ['/indicators', 'sources'],
    queryFn: async ({ signal }) => (await read<{ items: Source[] }>('/indicators/sources', {}, signal)).items,
    enabled: may('indicators.read'),
  });
}
