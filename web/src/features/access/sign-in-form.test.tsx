// @vitest-environment jsdom
// The way in: what is wrong is said at its field, who tried too often waits, each second factor has its own question.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leave, standing } from '@/contract/standing';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { SignInForm } from './sign-in-form';

fillJsdomGaps();
await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

const session = (state: string, factors: readonly string[] = []) => ({ state, csrf_token: 'x', permissions: [], second_factors: factors, user: { id: '7', name: 'ana', full_name: 'Ana P', roles: [] } });
const people = { people: [{ name: 'guest', password: 'guest-guest-guest', roles: ['auditor'] }] };

let answers: Record<string, () => Response> = {};
beforeEach(() => {
  answers = {};
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(answers[address.replace('/api/v1', '')]?.() ?? Response.json({}, { status: 404 })));
});
afterEach(() => {
  cleanup();
  leave();
});

const renderForm = (demo = false) =>
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <SignInForm demo={demo} />
      </QueryClientProvider>
    </MantineProvider>,
  );

const password = () => screen.getByLabelText<HTMLInputElement>('sign_in.password');
function tell(name: string, secret: string) {
  fireEvent.change(screen.getByLabelText('sign_in.name'), { target: { value: name } });
  fireEvent.change(password(), { target: { value: secret } });
  fireEvent.click(screen.getByRole('button', { name: 'sign_in.do' }));
}

test('a wrong password is said at the field, in reach of a screen reader', async () => {
  answers['/session'] = () => Response.json({ fault: 'refused' }, { status: 401 });
  renderForm();
  tell('ana', 'wrong');
  const said = await screen.findByText('sign_in.wrong');
  expect(password().getAttribute('aria-invalid')).toBe('true');
  expect(password().getAttribute('aria-describedby')).toContain(said.id);
  expect(password().value).toBe('wrong');
});

test('an empty form asks for what is missing instead of the server', async () => {
  renderForm();
  fireEvent.click(screen.getByRole('button', { name: 'sign_in.do' }));
  await screen.findAllByText('sign_in.needed');
  expect(document.activeElement).toBe(screen.getByLabelText('sign_in.name'));
});

test('who tried too often sees the wait, and cannot press meanwhile', async () => {
  answers['/session'] = () => Response.json({ fault: 'unavailable' }, { status: 429, headers: { 'Retry-After': '30' } });
  renderForm();
  tell('ana', 'wrong');
  await screen.findByText('sign_in.delayed');
  expect(screen.getByRole('timer').textContent).toContain('sign_in.wait');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'sign_in.do' }).disabled).toBe(true);
});

test('asks for a code, or a recovery code instead, then is in', async () => {
  answers['/session'] = () => Response.json(session('second_factor_needed', ['totp', 'recovery_code']));
  answers['/session/recovery-code'] = () => Response.json(session('signed_in', ['totp']));
  renderForm();
  tell('ana', 'right');
  expect((await screen.findByLabelText('second_factor.code')).getAttribute('autocomplete')).toBe('one-time-code');
  fireEvent.click(screen.getByRole('button', { name: 'second_factor.use_recovery' }));
  fireEvent.change(await screen.findByLabelText('second_factor.recovery'), { target: { value: '8kq4-zt2m' } });
  fireEvent.click(screen.getByRole('button', { name: 'sign_in.continue' }));
  await waitFor(() => expect(standing().is).toBe('in'));
});

test('a second factor is set up on the way, and its recovery codes are kept before the desk opens', async () => {
  answers['/session'] = () => Response.json(session('second_factor_to_enrol'));
  answers['/account/totp'] = () => Response.json({ secret: 'JBSWY3DP', uri: 'otpauth://totp/Kula:ana?secret=JBSWY3DP', session: session('signed_in', ['totp']), recovery_codes: ['8kq4-zt2m'] });
  renderForm();
  tell('ana', 'right');
  fireEvent.change(await screen.findByLabelText('totp.first_code'), { target: { value: '123456' } });
  fireEvent.click(screen.getByRole('button', { name: 'totp.confirm' }));
  await screen.findByText('8kq4-zt2m');
  expect(standing().is).toBe('unfinished');
  const go = screen.getByRole<HTMLButtonElement>('button', { name: 'sign_in.continue' });
  expect(go.disabled).toBe(true);
  fireEvent.click(screen.getByLabelText('recovery.kept'));
  fireEvent.click(go);
  expect(standing().is).toBe('in');
});

test('a demo names its people, and fills in whom one chooses', async () => {
  answers['/desk/demo.json'] = () => Response.json(people);
  renderForm(true);
  fireEvent.click(await screen.findByRole('button', { name: /role\.auditor/ }));
  expect([screen.getByLabelText<HTMLInputElement>('sign_in.name').value, password().value]).toEqual(['guest', 'guest-guest-guest']);
});

test('where there is no demo nothing is said of one', async () => {
  answers['/desk/demo.json'] = () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
  renderForm(true);
  await screen.findByLabelText('sign_in.name');
  expect(screen.queryByText('demo.title')).toBeNull();
});
