// @vitest-environment jsdom
// What was done can be undone for a while; what others changed meanwhile is left as it is, and that is said.
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { ContractError, type Meanwhile } from '@/contract/problem';
import { Toasts, unsay } from './toast';
import { sayUndoable } from './undo';

await i18next.init({ lng: 'en', resources: { en: { translation: { undo: { stale_by: '{{name}} was faster', failed: 'No: {{what}}' } } } }, showSupportNotice: false });

afterEach(() => {
  act(unsay);
  cleanup();
});

const meanwhile: Meanwhile = { changed_at: null, changed_by: 'user:7', changed_by_name: 'Ana', changes: [] };
const button = () => screen.queryByRole('button', { name: 'action.undo' });

function saidAfterUndo(reverse: (why: string) => Promise<unknown>, undone?: string) {
  render(<Toasts />);
  act(() => sayUndoable('team:', 'Saved', reverse, undone));
  fireEvent.click(screen.getByRole('button', { name: 'action.undo' }));
}

test('it is undone once, with a reason for the trail, and then said', async () => {
  const reverse = vi.fn(() => Promise.resolve());
  saidAfterUndo(reverse);
  await screen.findByText('undo.done');
  expect(reverse).toHaveBeenCalledExactlyOnceWith('undo.why');
  expect(button()).toBeNull();
});

test('a deed may say in its own words that it is undone', async () => {
  saidAfterUndo(() => Promise.resolve(), 'Taken back');
  await screen.findByText('Taken back');
});

test.each([
  [new ContractError('stale', 412, '', new Map(), 0, meanwhile), 'Ana was faster'],
  [new ContractError('stale', 412, ''), 'undo.stale'],
  [new ContractError('conflict', 409, ''), 'No: failure.conflict.title'],
  [new ContractError('refused', 403, ''), 'No: failure.refused.title'],
  [new TypeError('no answer'), 'No: failure.unreachable.title'],
])('%s leaves it done and says why', async (error, said) => {
  saidAfterUndo(() => Promise.reject(error));
  expect((await screen.findByText(said)).closest('[data-tone]')?.getAttribute('data-tone')).toBe('bad');
});

test('of the deeds on one record only the last can be undone', () => {
  render(<Toasts />);
  const reverse = () => Promise.resolve();
  for (const [subject, text] of [['team:', 'First'], ['user:7', 'Other'], ['team:', 'Second']] as const) act(() => sayUndoable(subject, text, reverse));
  expect(screen.getAllByText(/First|Other|Second/).map(({ textContent }) => textContent)).toEqual(['Otheraction.undo', 'Secondaction.undo']);
});

test('the next person at this browser cannot undo it', async () => {
  render(<Toasts />);
  act(() => sayUndoable('team:', 'Saved', () => Promise.resolve()));
  act(unsay);
  await waitFor(() => expect(button()).toBeNull());
});
