import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { MadeToken, Token, TokenInput } from '@/contract/types';

const key = ['tokens'];

export const useTokens = () => useQuery({ queryKey: key, queryFn: async ({ signal }) => (await read<{ items: Token[] }>('/tokens', {}, signal)).items });

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: TokenInput) => write<MadeToken>('POST', '/tokens', { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ token, why }: { token: Token; why: string }) => write<undefined>('DELETE', `/tokens/${token.id}`, { why }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
