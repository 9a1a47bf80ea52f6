// @vitest-environment jsdom
// A message while it is written: whom it can go to, what the preview says of them, and what the browser keeps.
import { beforeEach, expect, test } from 'vitest';
import type { Contact, MessagePreview } from '@/contract/types';
import { foretoldIn, forget, inOrder, isWritten, keep, kept, newDraft, personsOf, rolesOf } from './draft';

const contact = (name: string, role: string, email: string | null): Contact => ({ name, role, email, phone: null, languages: ['mk'], round_the_clock: false, pgp: null, smime: null }) as unknown as Contact;
const contacts = [contact('First', 'security', 'first@bank.example'), contact('Second', 'security', 'second@bank.example'), contact('Third', 'duty', 'first@bank.example'), contact('Fourth', 'legal', null)];
const item = (verdict: 'released' | 'held' | 'refused', form: 'openpgp' | 'plain' = 'plain', disabled = false): MessagePreview['items'][number] => ({
  contact: 'A', role: 'duty', address: 'a@b.example', addressed: 'by_role', verdict, reason: 'no_key', form, key_fingerprint: null, address_disabled: disabled,
});

beforeEach(() => sessionStorage.clear());

test('only who has an address can be written to, by role or by name, each address once', () => {
  expect(rolesOf(contacts)).toEqual([{ role: 'security', names: ['First', 'Second'] }, { role: 'duty', names: ['Third'] }]);
  expect(personsOf(contacts).map(({ name }) => name)).toEqual(['First', 'Second']);
});

test('it begins in the first language of the organisation that can be written in', () => {
  expect(newDraft({ languages: ['tr', 'sq', 'mk'] }, 'en').language).toBe('sq');
  expect(newDraft({ languages: [] }, 'mk').language).toBe('mk');
  expect(newDraft({ languages: ['tr'] }, 'xx').language).toBe('en');
});

test('the preview counts who gets it and how; an address that mail came back from is held', () => {
  const items = [item('released', 'openpgp'), item('released'), item('held'), item('refused'), item('released', 'openpgp', true)];
  expect(foretoldIn(items)).toEqual({ encrypted: 1, plain: 1, held: 2, refused: 1 });
  expect(inOrder(items).map(({ verdict }) => verdict)).toEqual(['refused', 'held', 'released', 'released', 'released']);
});

test('nothing is sent without somebody, a subject and a text', () => {
  const draft = { ...newDraft({ languages: [] }, 'en'), roles: ['security'], subject: 'S', text: 'T' };
  expect(isWritten(draft)).toBe(true);
  expect(isWritten({ ...draft, roles: [] })).toBe(false);
  expect(isWritten({ ...draft, text: ' \n' })).toBe(false);
  expect(isWritten({ ...draft, text: 'ш'.repeat(131_073) })).toBe(false);
});

test('a draft survives, for this person and this organisation only, until it is sent', () => {
  const draft = { ...newDraft({ languages: ['mk'] }, 'en'), roles: ['security'], subject: 'S', text: 'T' };
  keep('p', 'o', draft);
  expect(kept('p', 'o')).toEqual(draft);
  expect(kept('p', 'other')).toBeUndefined();
  expect(kept('somebody', 'o')).toBeUndefined();
  forget('p', 'o');
  expect(kept('p', 'o')).toBeUndefined();
});

test('what is TLP:RED is not kept, nor what it was before', () => {
  const draft = { ...newDraft({ languages: ['mk'] }, 'en'), text: 'T' };
  keep('p', 'o', draft);
  keep('p', 'o', { ...draft, tlp: 'red' });
  expect(kept('p', 'o')).toBeUndefined();
});

test('what is no draft is passed over', () => {
  for (const text of ['{', '{}', '7', '{"roles": [], "addresses": [], "subject": "", "text": "", "language": "xx"}']) {
    sessionStorage.setItem('kula.message.p.o', text);
    expect(kept('p', 'o')).toBeUndefined();
  }
});
