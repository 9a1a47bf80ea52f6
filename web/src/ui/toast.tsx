import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';

/** What one may still do about it. */
interface Deed {
  text: string;
  run: () => void;
  /** The record that it changes: what was said of that before goes, for what it still offers would be refused. */
  subject?: string;
}

interface Toast {
  id: number;
  text: string;
  tone: Tone;
  deed: Deed | undefined;
}

type Tone = 'good' | 'bad';

let toasts: readonly Toast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();
const shownFor = 5000;
/** Milliseconds: time to read, think and reach. */
const shownWithDeedFor = 12_000;

function set(next: readonly Toast[]) {
  toasts = next;
  for (const watcher of watchers) watcher();
}

const drop = (gone: number) => set(toasts.filter(({ id }) => id !== gone));

/** Says for a few seconds that something was done. What went wrong is said where it went wrong, and stays; here only where that place is gone. */
export function say(text: string, tone: Tone = 'good', deed?: Deed): void {
  const others = toasts.filter((earlier) => deed?.subject === undefined || earlier.deed?.subject !== deed.subject);
  set([...others, { id: ++lastId, text, tone, deed }]);
}

/** Nothing is left of what was said: it is not for the next person at this browser. */
export const unsay = (): void => set([]);

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

function Line({ toast }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => drop(toast.id), toast.deed === undefined ? shownFor : shownWithDeedFor);
    return () => clearTimeout(timer);
  }, [toast.id, toast.deed]);
  return (
    <p className="k-toast" data-tone={toast.tone}>
      {toast.tone === 'good' ? <IconCheck size={17} aria-hidden /> : <IconAlertTriangle size={17} aria-hidden />}
      {toast.text}
      {toast.deed !== undefined && (
        <button
          type="button"
          className="k-link"
          onClick={() => {
            toast.deed?.run();
            drop(toast.id);
          }}
        >
          {toast.deed.text}
        </button>
      )}
    </p>
  );
}

/** Where it is said; stands once, in the frame. */
export function Toasts() {
  const present = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="k-toasts k-no-print" role="status">
      {present.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
