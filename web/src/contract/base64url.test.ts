// Bytes survive the way through a text, whatever they are.
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url';

test.each([[[], ''], [[0], 'AA'], [[255, 254], '__4'], [[251, 255, 191], '-_-_'], [[102, 111, 111, 98], 'Zm9vYg']])('%j is %s', (bytes, text) => {
  expect(toBase64url(Uint8Array.from(bytes).buffer)).toBe(text);
  expect([...fromBase64url(text)]).toEqual(bytes);
});

test('padding is not minded, and what is no base64url is refused', () => {
  expect([...fromBase64url('Zm9vYg==')]).toEqual([102, 111, 111, 98]);
  expect(() => fromBase64url('not base64!')).toThrow();
});
