// Work that was interrupted is left only on purpose.
import { afterEach, expect, test } from 'vitest';
import { abandon, csrfToken, enter, leave, lose, standing, unfinished } from './standing';
import type { Session } from './types';

const session = (state: Session['state'], csrf = state as string) => ({ state, csrf_token: csrf, permissions: [], user: { id: '7' } }) as unknown as Session;

afterEach(leave);

test('a session that ends leaves the page standing, until somebody is in again', () => {
  enter(session('signed_in'));
  lose();
  expect(standing().is).toBe('over');
  enter(session('second_factor_needed'));
  expect(standing().is).toBe('over');
  expect(unfinished(standing())?.state).toBe('second_factor_needed');
  expect(csrfToken()).toBe('second_factor_needed');
  abandon();
  expect([standing().is, unfinished(standing())]).toEqual(['over', undefined]);
  enter(session('signed_in'));
  expect(standing().is).toBe('in');
});

test('who was never in is simply out', () => {
  enter(session('second_factor_needed'));
  expect(standing().is).toBe('unfinished');
  lose();
  expect(standing().is).toBe('out');
  expect(csrfToken()).toBeUndefined();
});
