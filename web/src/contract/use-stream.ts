import { useEffect, useRef, useState } from 'react';
import { listen, type StreamListener, type StreamState } from './stream';

/** Listens while the component stands; the listener may be a new object at each rendering. */
export function useStream(listener: StreamListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      listen({
        sightings: (news) => latest.current.sightings?.(news),
        exporters: (collection) => latest.current.exporters?.(collection),
        status: (status) => latest.current.status?.(status),
        changed: (change) => latest.current.changed?.(change),
        findings: (news) => latest.current.findings?.(news),
        reset: () => latest.current.reset?.(),
        state: (state) => latest.current.state?.(state),
      }),
    [],
  );
}

export function useStreamState(): StreamState {
  const [state, setState] = useState<StreamState>('starting');
  useStream({ state: setState });
  return state;
}
