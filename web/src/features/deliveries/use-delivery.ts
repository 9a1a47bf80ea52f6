import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { read } from '@/contract/client';
import type { DeliveryDetail } from '@/contract/types';

const soon = 1500;

/** One delivery; while it is being read it is asked for again, and its list once that is done. */
export function useDelivery(id: string | undefined) {
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: ['delivery', id],
    queryFn: ({ signal }) => read<DeliveryDetail>(`/deliveries/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.delivery.state === 'stored' ? soon : false),
  });
  const state = asked.data?.delivery.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'stored' && state !== 'stored') for (const key of ['/deliveries', `/deliveries/${id}/quarantine`]) void client.invalidateQueries({ queryKey: [key] });
    before.current = state;
  }, [client, id, state]);
  return asked;
}
