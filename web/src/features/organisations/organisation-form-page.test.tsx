// @vitest-environment jsdom
// What a person typed stays until it is saved, or until that person asks for the present version.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { Route, Router } from 'wouter';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { Toasts } from '@/ui/toast';
import { askBeforeLeaving } from '@/ui/unsaved';
import { OrganisationFormPage } from './organisation-form-page';

fillJsdomGaps();
await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

afterEach(cleanup);

const stored = { id: '1', version: 3, name: 'Hospital', short_name: null, sector: null, subsector: null, size: null, entity_class: null, entity_class_reason: null, languages: [], website: null, notes: null, tlp: 'amber', pap: 'amber', networks: [], contacts: [] };

const renderForm = () =>
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Router aroundNav={askBeforeLeaving}>
          <Route path="/organisations/:id/edit" component={OrganisationFormPage} />
        </Router>
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>,
  );

test('a refused save keeps the draft; the present version comes when it is asked for', async () => {
  let present = stored;
  let refusal = 503;
  const versions: (string | undefined)[] = [];
  vi.stubGlobal('fetch', (address: string, { method, headers }: { method?: string; headers: Record<string, string> }) => {
    if (method === 'PUT') {
      versions.push(headers['If-Match']);
      return Promise.resolve(Response.json({ detail: 'refused' }, { status: refusal }));
    }
    return Promise.resolve(Response.json(address.includes('/organisations/1') ? present : { items: [] }));
  });
  window.history.replaceState(null, '', '/organisations/1/edit');
  renderForm();
  const name = () => screen.getByRole<HTMLInputElement>('textbox', { name: /field\.name/ });
  await screen.findByDisplayValue('Hospital');
  fireEvent.change(name(), { target: { value: 'Clinic' } });
  for (const [status, title] of [[503, 'failure.unavailable.title'], [422, 'failure.invalid.title'], [412, 'failure.stale.title']] as const) {
    refusal = status;
    fireEvent.click(screen.getByRole('button', { name: 'action.save' }));
    await screen.findByText(title);
    expect(name().value).toBe('Clinic');
  }
  present = { ...stored, version: 4, name: 'Hospital South' };
  fireEvent.click(screen.getByRole('button', { name: 'organisation.renew' }));
  await waitFor(() => expect(name().value).toBe('Hospital South'));
  expect(screen.queryByText('failure.stale.title')).toBeNull();
  expect(versions).toEqual(['"3"', '"3"', '"3"']);
});

test('who leaves a changed form is asked first, who cancels is not', async () => {
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(Response.json(address.includes('/organisations/1') ? stored : { items: [] })));
  const answers = [false, true];
  const asked = vi.fn(() => answers.shift() ?? false);
  vi.stubGlobal('confirm', asked);
  const edit = '/organisations/1/edit';
  const begin = async () => {
    cleanup();
    window.history.replaceState(null, '', edit);
    renderForm();
    await screen.findByDisplayValue('Hospital');
  };
  const leave = () => fireEvent.click(screen.getByRole('link', { name: /nav\.organisations/ }));
  const type = () => fireEvent.change(screen.getByRole('textbox', { name: /field\.name/ }), { target: { value: 'Clinic' } });

  await begin();
  type();
  leave();
  expect(window.location.pathname).toBe(edit);
  leave();
  expect(window.location.pathname).toBe('/organisations');
  expect(asked).toHaveBeenCalledTimes(2);

  await begin();
  leave();
  expect(window.location.pathname).toBe('/organisations');

  await begin();
  type();
  fireEvent.click(screen.getByRole('button', { name: 'action.cancel' }));
  expect(window.location.pathname).toBe('/organisations/1');
  expect(asked).toHaveBeenCalledTimes(2);
});

test('who saves too late is told who changed what meanwhile', async () => {
  const meanwhile = {
    status: 412, fault: 'conflict', detail: 'it changed since it was read: version is 4 now', current_etag: '"4"',
    changed_at: '2026-11-25T10:00:00Z', changed_by: 'user:7', changed_by_name: 'Example Analyst',
    changes: [{ field: 'name', before: 'Hospital', after: 'Hospital South', withheld: false }],
  };
  vi.stubGlobal('fetch', (address: string, { method }: { method?: string }) => {
    if (method === 'PUT') return Promise.resolve(Response.json(meanwhile, { status: 412 }));
    return Promise.resolve(Response.json(address.includes('/organisations/1') ? stored : { items: [] }));
  });
  window.history.replaceState(null, '', '/organisations/1/edit');
  renderForm();
  await screen.findByDisplayValue('Hospital');
  fireEvent.click(screen.getByRole('button', { name: 'action.save' }));
  expect(await screen.findByText('Hospital South')).toBeDefined();
  expect(screen.getByText('Example Analyst')).toBeDefined();
});

test('a save is undone on the version it made', async () => {
  const sent: (readonly [string | undefined, string])[] = [];
  vi.stubGlobal('fetch', (address: string, { method, headers, body }: { method?: string; headers: Record<string, string>; body: string }) => {
    if (method !== 'PUT') return Promise.resolve(Response.json(address.includes('/organisations/1') ? stored : { items: [] }));
    const input = JSON.parse(body) as { name: string };
    sent.push([headers['If-Match'], input.name]);
    return Promise.resolve(Response.json({ ...stored, ...input, version: stored.version + sent.length }));
  });
  window.history.replaceState(null, '', '/organisations/1/edit');
  renderForm();
  fireEvent.change(await screen.findByDisplayValue('Hospital'), { target: { value: 'Clinic' } });
  fireEvent.click(screen.getByRole('button', { name: 'action.save' }));
  fireEvent.click(await screen.findByRole('button', { name: 'action.undo' }));
  await screen.findByText('undo.done');
  expect(window.location.pathname).toBe('/organisations/1');
  expect(sent).toEqual([['"3"', 'Clinic'], ['"4"', 'Hospital']]);
});
