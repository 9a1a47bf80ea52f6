import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { SightingDetail } from '@/contract/types';

export const useSighting = (id: string | undefined) =>
  useQuery({
    queryKey: ['sighting', id],
    queryFn: ({ signal }) => read<SightingDetail>(`/sightings/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined,
  });
