import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { Source } from '@/contract/types';

export const useSources = () =>
  useQuery({
    queryKey: ['/indicators', 'sources'],
    queryFn: async ({ signal }) => (await read<{ items: Source[] }>('/indicators/sources', {}, signal)).items,
  });
