import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useStream } from './use-stream';

/** An import changes thousands in a moment. Milliseconds to gather what changed. */
const calm = 1000;

/** What a change makes old. Not the national space itself: its page is a form, and what is typed there stays. */
export function madeOld(subject: string): readonly QueryKey[] {
  const [kind = '', id] = subject.split(':');
  if (kind === 'organisation') return [['organisation', id], ['/organisations'], ['/networks'], ['/journal']];
  if (kind === 'finding') return [['finding', id], ['/findings'], ['loop'], ['/journal']];
  // What is told of one stands in the timeline of that into which it was merged, too.
  if (kind === 'incident') return [['incident'], ['/incidents'], ['/journal']];
  // What becomes of one changes what the others of its group are told with.
  if (kind === 'report') return [['report'], ['/reports'], ['/journal']];
  if (kind === 'message') return [['message', id], ['/messages'], ['/journal']];
  if (kind === 'delivery') return [['finding'], ['/findings'], ['loop']];
  return [['status'], ['picture'], ['/journal']];
}

/** Reads anew what others changed while it is on the screen; stands once, in the frame. */
export function useFollowChanges(): void {
  const client = useQueryClient();
  const old = useRef(new Map<string, QueryKey>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  const forget = (subject: string) => {
    for (const key of madeOld(subject)) old.current.set(JSON.stringify(key), key);
    timer.current ??= setTimeout(() => {
      timer.current = null;
      const keys = [...old.current.values()];
      old.current.clear();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    }, calm);
  };
  useStream({
    changed: ({ subject }) => forget(subject),
    findings: ({ ids }) => ids.forEach((id) => forget(`finding:${id}`)),
  });
}
