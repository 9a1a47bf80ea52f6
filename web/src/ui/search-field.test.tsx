// @vitest-environment jsdom
// The field says what the list is narrowed to, whoever narrowed it.
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { fillJsdomGaps } from './jsdom-gaps';
import { SearchField } from './search-field';

fillJsdomGaps();
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const field = (value: string | undefined, onSearch: (text: string) => void) => (
  <MantineProvider env="test">
    <SearchField label="Search" value={value} onSearch={onSearch} />
  </MantineProvider>
);
const input = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Search' });

test('what is typed narrows the list once, and what one types on stays', async () => {
  const onSearch = vi.fn();
  const { rerender } = render(field(undefined, onSearch));
  for (const value of ['h', 'ho', 'hospital ']) fireEvent.change(input(), { target: { value } });
  await waitFor(() => expect(onSearch).toHaveBeenCalledExactlyOnceWith('hospital'));
  rerender(field('hospital', onSearch));
  expect(input().value).toBe('hospital ');
});

test('it follows a saved filter', () => {
  const { rerender } = render(field('hospital', vi.fn()));
  rerender(field('bank', vi.fn()));
  expect(input().value).toBe('bank');
  rerender(field(undefined, vi.fn()));
  expect(input().value).toBe('');
});

test('what is typed does not narrow a filter that was chosen before one paused', () => {
  vi.useFakeTimers();
  const onSearch = vi.fn();
  const { rerender } = render(field('hospital', onSearch));
  fireEvent.change(input(), { target: { value: 'hospital no' } });
  rerender(field('bank', onSearch));
  act(() => void vi.advanceTimersByTime(1000));
  expect(input().value).toBe('bank');
  expect(onSearch).not.toHaveBeenCalled();
});

test('whoever goes on from the field need not wait', () => {
  vi.useFakeTimers();
  const onSearch = vi.fn();
  render(field(undefined, onSearch));
  fireEvent.change(input(), { target: { value: 'bank' } });
  fireEvent.blur(input());
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('bank');
  act(() => void vi.advanceTimersByTime(1000));
  expect(onSearch).toHaveBeenCalledOnce();
});
