// Nobody finds at this browser what another person read.
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { enter, leave, lose } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { keepPeopleApart } from './one-person';

const session = (id: string) => ({ state: 'signed_in', permissions: [], user: { id } }) as unknown as Session;
const key = ['organisation', '1'];

afterEach(leave);

test('the next person begins with nothing, the same one with what was read, as stale', () => {
  const client = new QueryClient();
  const stop = keepPeopleApart(client);
  enter(session('7'));
  client.setQueryData(key, 'secret');
  lose();
  enter(session('7'));
  expect(client.getQueryData(key)).toBe('secret');
  expect(client.getQueryState(key)?.isInvalidated).toBe(true);
  leave();
  enter(session('8'));
  expect(client.getQueryData(key)).toBeUndefined();
  stop();
});
