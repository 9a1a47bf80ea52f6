// The live stream follows the session: it does not knock without one, and goes on with the next.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enter, leave, standing } from './standing';
import { listen } from './stream';
import type { Session } from './types';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 0;
  constructor() {
    super();
    Source.opened.push(this);
  }
  close() {
    this.readyState = 2;
  }
  fail() {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }
}

const session = { state: 'signed_in', csrf_token: 'x', permissions: ['status.read'], user: { id: '7' } } as unknown as Session;

beforeEach(() => {
  vi.useFakeTimers();
  Source.opened = [];
  vi.stubGlobal('EventSource', Source);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  leave();
});

test('refused for want of a session it asks once, waits, and goes on after signing in', async () => {
  const fetched = vi.fn(() => Promise.resolve(Response.json({ fault: 'refused' }, { status: 401 })));
  vi.stubGlobal('fetch', fetched);
  const stop = listen({});
  expect(Source.opened).toHaveLength(0);
  enter(session);
  expect(Source.opened).toHaveLength(1);
  Source.opened[0]?.fail();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(standing().is).toBe('over');
  expect(Source.opened).toHaveLength(1);
  enter(session);
  expect(Source.opened).toHaveLength(2);
  stop();
});

test('a server that is away is asked again, ever slower', async () => {
  const fetched = vi.fn(() => Promise.reject(new TypeError('failed')));
  vi.stubGlobal('fetch', fetched);
  enter(session);
  const stop = listen({});
  Source.opened[0]?.fail();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetched.mock.calls.length).toBeGreaterThan(3);
  expect(fetched.mock.calls.length).toBeLessThan(10);
  stop();
});
