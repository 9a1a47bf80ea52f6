import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { EventDetail } from '@/contract/types';

export const useEvent = (id: string | undefined) =>
  useQuery({
    queryKey: ['event', id],
    queryFn: ({ signal }) => read<EventDetail>(`/events/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined,
  });
