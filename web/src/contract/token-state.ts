import type { Token } from './types';

export type TokenState = 'open' | 'expiring' | 'expired' | 'revoked';

const day = 86_400_000;
/** Time enough to make another one before programs are turned away. */
const soon = 14 * day;

export function stateOf(token: Token, now: Date): TokenState {
  if (token.revoked_at !== null) return 'revoked';
  const left = new Date(token.expires_at).getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left < soon ? 'expiring' : 'open';
}
