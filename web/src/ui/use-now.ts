import { useSyncExternalStore } from 'react';

// One clock for the page, so that all its "minutes ago" move together.
let now = new Date();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of watchers) each();
  }, 10_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
};

export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);
