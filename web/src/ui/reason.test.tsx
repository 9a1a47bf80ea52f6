// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test } from 'vitest';
import sq from '@i18n/sq.json';
import { Reason } from './reason';

await i18next.use(initReactI18next).init({ lng: 'sq', resources: { sq: { translation: sq } }, interpolation: { escapeValue: false }, showSupportNotice: false });

afterEach(cleanup);

const told = (text: string): HTMLElement => render(<Reason text={text} />).container;

test.each([
  ['the file is empty', 'skedari është bosh'],
  ['no indicator: longer than 4096 bytes', 'nuk është tregues: tepër e gjatë'],
  ['name: is longer than 200 characters', 'Emri: është më i gjatë se 200 shenja'],
  ['networks: are more than 2,000', 'Rrjetet: janë më shumë se 2,000'],
  ['limit: must be a whole number from 1 to 500', 'limit: duhet të jetë numër i plotë nga 1 në 500'],
  ['cannot read `192.0.2.300` in a mapped column', '“192.0.2.300” në një kolonë të lidhur nuk mund të lexohet'],
  ['list: `list 7` would shrink from 12 values to 3, less than half; nothing was changed', 'Teksti: “list 7” do të tkurrej nga 12 vlera në 3, më pak se gjysma; asgjë nuk u ndryshua'],
  ['entry 18 was altered: it is filed under another kind', 'regjistrimi 18 u ndryshua: është regjistruar nën një lloj tjetër'],
  ['`https://hooks.bank.example:8443` cannot be reached: Connection refused', 'https://hooks.bank.example:8443 nuk është i arritshëm: Connection refused'],
  ['the server answered 302: it is at `https://new.example/hook` now, which is not followed', 'serveri u përgjigj 302: tani është te https://new.example/hook, por ridrejtimet nuk ndiqen'],
  ['entries 4 to 5 are missing', 'mungojnë regjistrimet 4 deri 5'],
  ['networks: entry 3 is no AS number', 'Rrjetet: zëri 3 nuk është numër AS'],
  ['networks[0].value: is no address or prefix', 'Rrjeti 1: nuk është adresë a prefiks'],
  ['contacts[1].email: is no mail address', 'Kontakti 2 – E-posta: nuk është adresë e-poste'],
  ['website: is no http or https address', 'Faqja në internet: nuk është adresë http a https'],
  ['mission.mk: is empty', 'Misioni (maqedonisht): është bosh'],
  ['prefixes[2]: is no prefix', 'Prefiks 3: nuk është prefiks'],
  ['from: must be a time of RFC 3339, such as 2026-11-21T10:00:00Z', 'Koha: duhet të jetë datë dhe orë, si 2026-11-21T10:00:00Z'],
])('%s', (text, words) => {
  expect(told(text).textContent).toBe(words);
});

test('what is not known stands as the server said it, marked as English', () => {
  const container = told('the moon is full');
  expect(container.textContent).toBe('the moon is full');
  expect(container.querySelector('[lang=en]')).not.toBeNull();
});

test('of a known field an unknown reason stands as the server said it', () => {
  const container = told('website: is over the moon');
  expect(container.textContent).toBe('Faqja në internet: is over the moon');
  expect(container.querySelector('[lang=en]')?.textContent).toBe('is over the moon');
});

test('a column of the reader’s own file keeps its name', () => {
  expect(render(<Reason text="website: is no http or https address" ofFile />).container.textContent).toBe('website: nuk është adresë http a https');
});
