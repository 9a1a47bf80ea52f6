import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Token } from './types';
import { useMay } from './use-session';

export const tokensKey = ['tokens'];

/** Where they are not wanted (yet), nothing is asked. */
export function useTokens(wanted = true) {
  const may = useMay();
  return useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await read<{ items: Token[] }>('/tokens', {}, signal)).items, enabled: wanted && may('users.read') });
}
