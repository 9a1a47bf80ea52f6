import { useEffect, useState } from 'react';
import { ContractError } from '@/contract/problem';

/** Whole seconds from now until a moment, none once it has come. */
export const secondsUntil = (moment: number, now: number): number => Math.max(0, Math.ceil((moment - now) / 1000));

/** Seconds until the server takes the next attempt, counted down; 0 where it did not ask to wait. */
export function useCountdown(error: unknown): number {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  const [seen, setSeen] = useState<unknown>(null);
  if (error !== seen) {
    setSeen(error);
    const wait = error instanceof ContractError ? error.wait : 0;
    setUntil(wait === 0 ? 0 : Date.now() + wait * 1000);
    setLeft(wait);
  }
  const waiting = left > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setLeft(secondsUntil(until, Date.now())), 250);
    return () => clearInterval(timer);
  }, [waiting, until]);
  return left;
}
