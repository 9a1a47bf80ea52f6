import { useSyncExternalStore } from 'react';

// The palette comes when it is first called; until then only the calls are counted.
let calls = 0;
const watchers = new Set<() => void>();

export function openPalette(): void {
  calls += 1;
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const usePaletteCalls = (): number => useSyncExternalStore(subscribe, () => calls);
