import { address, read } from './client';
import { standing, watchStanding } from './standing';
import type { Change, Collection, FindingsNews, Session, SightingsNews, Status } from './types';

/** `starting` until the first connection, `live` while events come, `waiting` between attempts. */
export type StreamState = 'starting' | 'live' | 'waiting';

export interface StreamListener {
  sightings?: (news: SightingsNews) => void;
  exporters?: (collection: Collection) => void;
  status?: (status: Status) => void;
  changed?: (change: Change) => void;
  /** To people of an organisation. */
  findings?: (news: FindingsNews) => void;
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

const mayFollow = () => {
  const present = standing();
  return present.is === 'in' && (present.session.permissions.includes('status.read') || present.session.permissions.includes('findings.read'));
};

function again() {
  source = null;
  retry ??= setTimeout(() => void ask(), pause);
  pause = Math.min(pause * 2, 30_000);
}

/** A browser does not say why the stream was refused: whether it was for want of a session is asked once, before it is tried anew. */
async function ask() {
  retry = null;
  if (listeners.size === 0) return;
  try {
    await read<Session>('/session');
  } catch {
    if (mayFollow()) again();
    return;
  }
  open();
}

function open() {
  if (typeof EventSource === 'undefined' || listeners.size === 0 || source !== null || !mayFollow()) return;
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
  on<Change>('changed', (listener, change) => listener.changed?.(change));
  on<FindingsNews>('findings', (listener, news) => listener.findings?.(news));
  stream.addEventListener('reset', () => listeners.forEach((listener) => listener.reset?.()));
  stream.addEventListener('open', () => {
    pause = 1000;
    tell('live');
  });
  stream.addEventListener('error', () => {
    if (source !== stream) return;
    tell('waiting');
    // A browser resumes by itself (with Last-Event-ID) unless the server refused; then the desk asks again, ever slower.
    if (stream.readyState === EventSource.CLOSED) again();
  });
}

function close() {
  source?.close();
  source = null;
  if (retry !== null) clearTimeout(retry);
  retry = null;
}

/** Without a session nothing is followed; with the next one it goes on at once. */
watchStanding(() => {
  if (!mayFollow()) {
    close();
    if (listeners.size > 0) tell('waiting');
  } else if (source === null && retry === null) {
    pause = 1000;
    open();
  }
});

/** One connection for the whole desk, open while anyone listens. Returns how to stop listening. */
export function listen(listener: StreamListener): () => void {
  listeners.add(listener);
  listener.state?.(state);
  if (source === null && retry === null) open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    close();
    state = 'starting';
  };
}
