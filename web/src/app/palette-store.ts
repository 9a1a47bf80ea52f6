import { useSyncExternalStore } from 'react';

// The palette comes a moment after it is called. Until its input has the focus the calls are counted and what is typed is kept.
let calls = 0;
let typed = '';
let givingUp: ReturnType<typeof setTimeout> | null = null;
const watchers = new Set<() => void>();
const patience = 10_000;

function keep(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Backspace') typed = typed.slice(0, -1);
  else if (event.key.length === 1) typed += event.key;
  else if (event.key !== 'Enter') return;
  event.preventDefault();
  event.stopPropagation();
}

/** What was typed since the call; from here on the palette's own input takes it. */
export function takeTyped(): string {
  const taken = typed;
  typed = '';
  window.removeEventListener('keydown', keep, { capture: true });
  if (givingUp !== null) clearTimeout(givingUp);
  givingUp = null;
  return taken;
}

export function openPalette(): void {
  calls += 1;
  window.addEventListener('keydown', keep, { capture: true });
  givingUp ??= setTimeout(takeTyped, patience);
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const usePaletteCalls = (): number => useSyncExternalStore(subscribe, () => calls);
