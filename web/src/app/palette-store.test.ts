// @vitest-environment jsdom
// Nothing that is typed gets lost between the call of the palette and its coming.
import { expect, test } from 'vitest';
import { openPalette, takeTyped } from './palette-store';

const press = (key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  document.body.dispatchEvent(event);
  return event;
};

test('keeps what is typed until the input takes it', () => {
  openPalette();
  for (const key of ['л', 'а', 'x', 'Backspace', 'b']) expect(press(key).defaultPrevented).toBe(true);
  expect(takeTyped()).toBe('лаb');
  expect(press('c').defaultPrevented).toBe(false);
  expect(takeTyped()).toBe('');
});

test('Enter opens nothing before there is anything to open; the browser keeps its own keys', () => {
  openPalette();
  expect(press('Enter').defaultPrevented).toBe(true);
  expect(press('r', { ctrlKey: true }).defaultPrevented).toBe(false);
  expect(press('Escape').defaultPrevented).toBe(false);
  expect(takeTyped()).toBe('');
});
