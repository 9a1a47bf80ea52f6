import { useMutation, useQueryClient } from '@tanstack/react-query';
import { write } from '@/contract/client';
import type { Delivery } from '@/contract/types';

/** Has a delivery read again: by this mapping, or by the one that would read it if it came now. */
export function useReadAgain(id: string, onBegun?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: string | null) => write<Delivery>('POST', `/deliveries/${encodeURIComponent(id)}/read-again`, { body: { mapping } }),
    onSuccess: async () => {
      await Promise.all([['/deliveries'], ['delivery', id], [`/deliveries/${id}/quarantine`]].map((queryKey) => client.invalidateQueries({ queryKey })));
      onBegun?.();
    },
  });
}
