// @vitest-environment jsdom
// What another person changed is read anew, once for many changes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { enter, leave } from './standing';
import type { Session } from './types';
import { madeOld, useFollowChanges } from './use-changes';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 1;
  constructor() {
    super();
    Source.opened.push(this);
  }
  close() {
    this.readyState = 2;
  }
}

function Follower() {
  useFollowChanges();
  return null;
}

const tell = (subject: string) => Source.opened[0]?.dispatchEvent(new MessageEvent('changed', { data: JSON.stringify({ at: '2026-11-21T18:00:00Z', deed: 'organisation.changed', subject }) }));

afterEach(() => {
  cleanup();
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('reads anew the organisation and the lists it stands in, and no other', () => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  enter({ state: 'signed_in', csrf_token: 'x', permissions: ['status.read'], user: { id: '7' } } as unknown as Session);
  const client = new QueryClient();
  const keys = [['organisation', '1'], ['organisation', '2'], ['/organisations', {}], ['/networks', {}], ['/sightings', {}], ['/national-space']];
  for (const key of keys) client.setQueryData(key, {});
  const invalidated = vi.spyOn(client, 'invalidateQueries');
  render(
    <QueryClientProvider client={client}>
      <Follower />
    </QueryClientProvider>,
  );
  for (let count = 0; count < 50; count += 1) tell('organisation:1');
  vi.advanceTimersByTime(1000);
  expect(keys.map((key) => client.getQueryState(key)?.isInvalidated)).toEqual([true, false, true, true, false, false]);
  expect(invalidated).toHaveBeenCalledTimes(4);
});

test('what becomes of one report is told of the others of its group, too', () => expect(madeOld('report:1')).toEqual([['report'], ['/reports'], ['/journal']]));

test('what is told of one incident may stand in the timeline of another, too', () => expect(madeOld('incident:1')).toEqual([['incident'], ['/incidents'], ['/journal']]));
