import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Token } from './types';
import { useMay } from './use-session';

export const tokensKey = ['tokens'];

export function useTokens() {
  const may = useMay();
  return useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await read<{ items: Token[] }>('/tokens', {}, signal)).items, enabled: may('users.read') });
}
