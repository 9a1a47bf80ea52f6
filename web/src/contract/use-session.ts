import { useCallback, useSyncExternalStore } from 'react';
import { allows, standing, watchStanding, type Standing } from './standing';
import type { Permission, Session } from './types';

export const useStanding = (): Standing => useSyncExternalStore(watchStanding, standing);

/** Whose desk this is; also while signing in is not finished, and after the session ended until somebody signs in anew. */
export function useSession(): Session | undefined {
  const present = useStanding();
  return 'session' in present ? present.session : undefined;
}

/** Whether the person who is signed in may do something; the server has the last word. */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return useCallback((permission) => allows(session, permission), [session]);
}
