// @vitest-environment jsdom
// A session that ends in the middle of work takes nothing with it.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Route, Router } from 'wouter';
import { enter, leave, lose, standing } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { OrganisationFormPage } from '@/features/organisations/organisation-form-page';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { askBeforeLeaving } from '@/ui/unsaved';
import { Entrance } from './entrance';

fillJsdomGaps();
await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

const session = (csrf: string, id = '7', state: Session['state'] = 'signed_in') =>
  ({ id: csrf, state, csrf_token: csrf, expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: ['organisations.write'], second_factors: ['totp'], user: { id, name: 'ana', full_name: 'Ana P', language: 'en', roles: [] } }) as unknown as Session;

const saved = { id: '1', version: 1, name: 'Clinic', networks: [], contacts: [], conflicts: [] };
let signedIn = false;
let whoComes = session('second');
const sent: { method: string; path: string; csrf: string | undefined }[] = [];

function serve(address: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Response> {
  const path = address.replace('/api/v1', '');
  if (method !== 'GET') sent.push({ method, path, csrf: headers['X-CSRF-Token'] });
  const refuse = () => Promise.resolve(Response.json({ fault: 'refused', detail: 'sign in first' }, { status: 401 }));
  if (path === '/session' && method === 'POST') {
    if (!(body ?? '').includes('right')) return refuse();
    return Promise.resolve(Response.json(session('half', whoComes.user.id, 'second_factor_needed')));
  }
  if (path === '/session/totp') {
    signedIn = true;
    return Promise.resolve(Response.json(whoComes));
  }
  if (!signedIn) return refuse();
  if (path === '/session') return Promise.resolve(Response.json(whoComes));
  return Promise.resolve(Response.json(method === 'POST' ? saved : { items: [] }));
}

beforeEach(() => {
  sent.length = 0;
  whoComes = session('second');
  localStorage.setItem('kula.language', 'en');
  vi.stubGlobal('fetch', serve);
  window.history.replaceState(null, '', '/organisations/new');
});

afterEach(() => {
  cleanup();
  leave();
});

const renderDesk = () =>
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Router aroundNav={askBeforeLeaving}>
          <Route path="/sign-in">the door</Route>
          <Route path="/organisations/*?">
            <Entrance>
              <Route path="/organisations/new" component={OrganisationFormPage} />
            </Entrance>
          </Route>
        </Router>
      </QueryClientProvider>
    </MantineProvider>,
  );

const nameField = () => screen.getByLabelText<HTMLInputElement>(/^field\.name \*/);

async function signInOverThePage() {
  const password = await screen.findByLabelText<HTMLInputElement>('sign_in.password');
  fireEvent.change(password, { target: { value: 'right' } });
  fireEvent.click(screen.getByText('sign_in.do'));
  fireEvent.change(await screen.findByLabelText('second_factor.code'), { target: { value: '123456' } });
  fireEvent.click(screen.getByText('sign_in.continue'));
  await waitFor(() => expect(standing().is).toBe('in'));
}

test('what was typed stays, and is saved by the same button after signing in', async () => {
  signedIn = true;
  enter(session('first'));
  renderDesk();
  fireEvent.change(await screen.findByLabelText(/^field\.name \*/), { target: { value: 'Clinic' } });
  signedIn = false;
  fireEvent.click(screen.getByText('action.save'));
  await screen.findByText('sign_in.over_title');
  expect(nameField().value).toBe('Clinic');

  await signInOverThePage();
  expect(nameField().value).toBe('Clinic');
  await waitFor(() => expect(screen.queryByText('sign_in.over_title')).toBeNull());
  fireEvent.click(screen.getByText('action.save'));
  await waitFor(() => expect(window.location.pathname).toBe('/organisations/1'));
  expect(sent.filter(({ path }) => path === '/organisations').map(({ csrf }) => csrf)).toEqual(['first', 'second']);
});

test('another person does not find what the first one typed', async () => {
  signedIn = true;
  enter(session('first'));
  renderDesk();
  fireEvent.change(await screen.findByLabelText(/^field\.name \*/), { target: { value: 'Clinic' } });
  signedIn = false;
  lose();
  whoComes = session('second', '8');
  await signInOverThePage();
  await waitFor(() => expect(nameField().value).toBe(''));
});

test('without a session one comes to the door, which knows where one wanted to go', async () => {
  signedIn = false;
  window.history.replaceState(null, '', '/organisations/new?x=1');
  renderDesk();
  // An earlier test left the desk knowing that nobody is in, as after signing out.
  await screen.findByText('the door');
  expect(window.location.search).toBe(`?to=${encodeURIComponent('/organisations/new?x=1')}`);
});
