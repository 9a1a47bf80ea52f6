import { useMutation, useQueryClient } from '@tanstack/react-query';
import { write } from '@/contract/client';
import type { MadeToken, Token, TokenInput } from '@/contract/types';
import { tokensKey } from '@/contract/use-tokens';

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: TokenInput) => write<MadeToken>('POST', '/tokens', { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ token, why }: { token: Token; why: string }) => write<undefined>('DELETE', `/tokens/${token.id}`, { why }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}
