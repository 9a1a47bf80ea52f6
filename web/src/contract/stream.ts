import { address } from './client';
import type { Collection, SightingsNews, Status } from './types';

/** `starting` until the first connection, `live` while events come, `waiting` between attempts. */
export type StreamState = 'starting' | 'live' | 'waiting';

export interface StreamListener {
  sightings?: (news: SightingsNews) => void;
  exporters?: (collection: Collection) => void;
  status?: (status: Status) => void;
  /** Events were missed for good: read anew. */
  reset?: () => void;
  state?: (state: StreamState) => void;
}

const listeners = new Set<StreamListener>();
let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | null = null;
let pause = 1000;
let state: StreamState = 'starting';

function tell(next: StreamState) {
  state = next;
  for (const listener of listeners) listener.state?.(next);
}

function open() {
  retry = null;
  if (typeof EventSource === 'undefined' || listeners.size === 0) return;
  const stream = new EventSource(address('/stream'));
  source = stream;
  const on = <T>(event: string, give: (listener: StreamListener, value: T) => void) =>
    stream.addEventListener(event, (message: MessageEvent<string>) => {
      const value = JSON.parse(message.data) as T;
      for (const listener of listeners) give(listener, value);
    });
  on<SightingsNews>('sightings', (listener, news) => listener.sightings?.(news));
  on<Collection>('exporters', (listener, collection) => listener.exporters?.(collection));
  on<Status>('status', (listener, status) => listener.status?.(status));
  stream.addEventListener('reset', () => listeners.forEach((listener) => listener.reset?.()));
  stream.addEventListener('open', () => {
    pause = 1000;
    tell('live');
  });
  stream.addEventListener('error', () => {
    tell('waiting');
    // A browser resumes by itself (with Last-Event-ID) unless the server refused; then the desk asks again, ever slower.
    if (stream.readyState !== EventSource.CLOSED) return;
    source = null;
    if (retry === null) retry = setTimeout(open, pause);
    pause = Math.min(pause * 2, 30_000);
  });
}

/** One connection for the whole desk, open while anyone listens. Returns how to stop listening. */
export function listen(listener: StreamListener): () => void {
  listeners.add(listener);
  listener.state?.(state);
  if (source === null && retry === null) open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = null;
    if (retry !== null) clearTimeout(retry);
    retry = null;
    state = 'starting';
  };
}
