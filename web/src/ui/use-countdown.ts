import { useCallback, useSyncExternalStore } from 'react';
import { ContractError } from '@/contract/problem';

const step = 250;

/** Whole seconds from now until a moment, none once it has come. */
export const secondsUntil = (moment: number, now: number): number => Math.max(0, Math.ceil((moment - now) / 1000));

/** Seconds until the server takes the next attempt, counted down; 0 where it did not ask to wait. */
export function useCountdown(error: unknown): number {
  const until = error instanceof ContractError ? error.until : 0;
  const subscribe = useCallback(
    (tick: () => void) => {
      const timer = until === 0 ? undefined : setInterval(tick, step);
      return () => clearInterval(timer);
    },
    [until],
  );
  return useSyncExternalStore(subscribe, () => secondsUntil(until, Date.now()));
}
