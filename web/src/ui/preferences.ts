// What a person chose at this browser. Nothing of it ever reaches the server.
import { useSyncExternalStore } from 'react';

export type Zone = 'Europe/Skopje' | 'browser' | 'UTC';

export interface Preferences {
  zone: Zone;
  /** Columns hidden, by table. */
  hidden: Readonly<Record<string, readonly string[]>>;
  navigation: 'wide' | 'narrow';
}

const key = 'kula.preferences';
/** Below this width a table needs the room more than the names of the pages do. */
const roomy = 1180;
const initial: Preferences = { zone: 'Europe/Skopje', hidden: {}, navigation: globalThis.innerWidth < roomy ? 'narrow' : 'wide' };

function stored(): Preferences {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return initial;
  }
}

let present = stored();
const watchers = new Set<() => void>();

export function prefer(change: Partial<Preferences>): void {
  present = { ...present, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(present));
  } catch {
    // A browser without storage forgets at the next visit; nothing else suffers.
  }
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => present);

export const zoneName = (zone: Zone): string =>
  zone === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
