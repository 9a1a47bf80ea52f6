// What is grave waits for its person, goes again once they have shown who they are, and is given up when they would not.
import { afterEach, expect, test, vi } from 'vitest';
import { write } from './client';
import { isConfirmationAsked, settleConfirmation, watchConfirmation } from './confirmation';
import type { ContractError } from './problem';

const needed = () => Response.json({ type: 'urn:kula:problem:confirmation-needed', fault: 'refused', detail: '' }, { status: 403 });
let stop = () => {};

afterEach(() => {
  stop();
  settleConfirmation(false);
  vi.unstubAllGlobals();
});

test('the request goes again after the confirmation', async () => {
  stop = watchConfirmation(() => isConfirmationAsked() && queueMicrotask(() => settleConfirmation(true)));
  let asked = 0;
  vi.stubGlobal('fetch', () => Promise.resolve(++asked === 1 ? needed() : Response.json({ id: 'x' })));
  expect(await write('POST', '/tokens', { body: {} })).toEqual({ id: 'x' });
  expect(asked).toBe(2);
});

test('without it nothing is done', async () => {
  stop = watchConfirmation(() => isConfirmationAsked() && queueMicrotask(() => settleConfirmation(false)));
  const fetched = vi.fn(() => Promise.resolve(needed()));
  vi.stubGlobal('fetch', fetched);
  const error = await write('POST', '/tokens', { body: {} }).catch((error: unknown) => error as ContractError);
  expect((error as ContractError).failure).toBe('unconfirmed');
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('where nobody can be asked it is given up', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(needed()));
  await expect(write('POST', '/tokens', { body: {} })).rejects.toMatchObject({ failure: 'unconfirmed' });
});
