// What is no text is not poured into a field.
import { expect, test } from 'vitest';
import { fileText } from './file-text';

const told = (...bytes: number[]) => fileText(new File([new Uint8Array(bytes)], 'x'));

test('UTF-8 is read, and its byte order mark is no part of it', async () => {
  expect(await fileText(new File(['име,сектор\n'], 'x.csv'))).toBe('име,сектор\n');
  expect(await told(0xef, 0xbb, 0xbf, 0x61)).toBe('a');
  expect(await told()).toBe('');
});

test.each([
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]],
  ['text in UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ['text in Windows-1251', [0xe8, 0xec, 0xe5]],
  ['a zero byte', [0x61, 0x00, 0x62]],
])('%s is no text', async (_, bytes) => {
  expect(await told(...bytes)).toBeUndefined();
});
