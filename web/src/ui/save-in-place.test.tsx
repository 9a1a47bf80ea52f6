// @vitest-environment jsdom
// A form that stays goes on with what is stored: when it is saved, when that is undone, and not over what is typed meanwhile.
import { QueryClient, QueryClientProvider, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { ContractError } from '@/contract/problem';
import type { Saving } from '@/contract/sole-record';
import { saveInPlace } from './save-in-place';
import { Toasts, unsay } from './toast';
import { useUnsaved } from './unsaved';
import { useBegun } from './use-begun';

await i18next.init({ lng: 'en', resources: {}, showSupportNotice: false });

interface Stored {
  version: number;
  text: string;
}

afterEach(() => {
  act(unsay);
  cleanup();
});

/** A server that holds one text, and refuses whoever writes on another version. */
function serverWith(version: number) {
  const server = {
    stored: { version, text: 'before' },
    write: vi.fn((present: Stored, text: string, why: string): Promise<Stored> => {
      if (present.version !== server.stored.version) return Promise.reject(new ContractError('stale', 412, why));
      server.stored = { version: present.version + 1, text };
      return Promise.resolve(server.stored);
    }),
  };
  return server;
}

type Server = ReturnType<typeof serverWith>;

function useSave(server: Server) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ present, input, why }: Saving<Stored, string>) => server.write(present, input, why),
    onSuccess: (saved) => client.setQueryData(['text'], saved),
  });
}

function Form({ begun, onSave }: { begun: Stored; onSave: (text: string, why: string, letGo: () => void) => void }) {
  const [typed, setTyped] = useState(begun.text);
  const letGo = useUnsaved(typed !== begun.text);
  return (
    <>
      <input value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <button type="button" onClick={() => onSave(typed, 'because', letGo)}>
        save
      </button>
    </>
  );
}

function Page({ server }: { server: Server }) {
  const { begun } = useBegun(useQuery<Stored>({ queryKey: ['text'], queryFn: () => server.stored, staleTime: Infinity }));
  const save = useSave(server);
  const undo = useSave(server);
  if (begun === undefined) return null;
  return <Form key={begun.version} begun={begun} onSave={(...written) => saveInPlace({ subject: 'text:', begun, save, undo, inputOf: ({ text }) => text, said: 'Saved' }, ...written)} />;
}

const input = () => screen.getByRole<HTMLInputElement>('textbox');
const type = (value: string) => fireEvent.change(input(), { target: { value } });
const undo = () => fireEvent.click(screen.getByRole('button', { name: 'action.undo' }));

/** A page on which `after` was saved. */
async function saved(version = 1) {
  const server = serverWith(version);
  const client = new QueryClient();
  const page = (is: 'open' | 'left') => (
    <QueryClientProvider client={client}>
      {is === 'open' && <Page server={server} />}
      <Toasts />
    </QueryClientProvider>
  );
  const { rerender } = render(page('open'));
  await screen.findByDisplayValue('before');
  type('after');
  fireEvent.click(screen.getByRole('button', { name: 'save' }));
  await screen.findByText('Saved');
  const leaveAndComeBack = () => {
    rerender(page('left'));
    rerender(page('open'));
  };
  return { server, leaveAndComeBack };
}

test('what is saved can be undone, on the version it made, and then stands in the form', async () => {
  const { server } = await saved();
  expect(input().value).toBe('after');
  undo();
  await screen.findByText('undo.done');
  expect(input().value).toBe('before');
  expect(server.write.mock.calls).toEqual([[{ version: 1, text: 'before' }, 'after', 'because'], [{ version: 2, text: 'after' }, 'before', 'undo.why']]);
});

test('the form goes on from what was saved', async () => {
  const { server } = await saved();
  type('later');
  fireEvent.click(screen.getByRole('button', { name: 'save' }));
  await vi.waitFor(() => expect(server.stored).toEqual({ version: 3, text: 'later' }));
  expect(input().value).toBe('later');
});

test('whoever left and came back sees what was undone', async () => {
  const { leaveAndComeBack } = await saved();
  leaveAndComeBack();
  expect(input().value).toBe('after');
  undo();
  await screen.findByText('undo.done');
  expect(input().value).toBe('before');
});

test('of a record that was not there before there is nothing to undo', async () => {
  await saved(0);
  expect(screen.queryByRole('button', { name: 'action.undo' })).toBeNull();
});

test('what another person changed meanwhile is left as it is', async () => {
  const { server } = await saved();
  server.stored = { version: 3, text: 'theirs' };
  undo();
  await screen.findByText('undo.stale');
  expect(server.stored.text).toBe('theirs');
  expect(input().value).toBe('after');
});

test('what is typed meanwhile stays', async () => {
  const { server } = await saved();
  type('typed on');
  undo();
  await screen.findByText('undo.done');
  expect(server.stored.text).toBe('before');
  expect(input().value).toBe('typed on');
});
