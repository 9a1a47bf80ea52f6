// Requests say what they mean, and every failure becomes something a person can act on.
import { afterEach, expect, test, vi } from 'vitest';
import { address, read, write } from './client';
import { ContractError, mayHelpToRetry } from './problem';

const answer = (status: number, body: unknown) => vi.fn(() => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status })));
const failureOf = (promise: Promise<unknown>): Promise<ContractError> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: unknown) => error as ContractError,
  );

afterEach(() => vi.unstubAllGlobals());

test('leaves out what is absent and escapes the rest', () => {
  expect(address('/sightings', { indicator: 'http://x/?a=b&c', port: 0, sector: undefined, search: '' })).toBe('/api/v1/sightings?indicator=http%3A%2F%2Fx%2F%3Fa%3Db%26c&port=0');
});

test('sends the version it read', async () => {
  const fetched = answer(200, {});
  vi.stubGlobal('fetch', fetched);
  await write('PUT', '/organisations/1', { body: { name: 'x' }, version: 3 });
  expect(fetched).toHaveBeenCalledWith('/api/v1/organisations/1', expect.objectContaining({ headers: expect.objectContaining({ 'If-Match': '"3"' }) as unknown }));
});

test('a stale version is told apart from a taken name', async () => {
  vi.stubGlobal('fetch', answer(412, { fault: 'conflict', detail: 'version is 4 now' }));
  expect((await failureOf(write('PUT', '/x', {}))).failure).toBe('stale');
  vi.stubGlobal('fetch', answer(409, { fault: 'conflict', detail: 'name' }));
  expect((await failureOf(write('POST', '/x', {}))).failure).toBe('conflict');
});

test('faults of fields are kept by field', async () => {
  vi.stubGlobal('fetch', answer(422, { fault: 'invalid', detail: 'x', errors: [{ field: 'name', message: 'empty' }] }));
  expect((await failureOf(read('/x'))).fields.get('name')).toBe('empty');
});

test('an answer that is no problem document still has a meaning', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('<html>', { status: 502 }))));
  expect((await failureOf(read('/x'))).failure).toBe('unreachable');
});

test('no answer at all may be retried, a refusal may not', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('failed'))));
  const error = await failureOf(read('/x'));
  expect(error.failure).toBe('unreachable');
  expect(mayHelpToRetry(error)).toBe(true);
  expect(mayHelpToRetry(new ContractError('invalid', 422, ''))).toBe(false);
});
