// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test } from 'vitest';
import sq from '@i18n/sq.json';
import { Reason } from './reason';

await i18next.use(initReactI18next).init({ lng: 'sq', resources: { sq: { translation: sq } }, showSupportNotice: false });

afterEach(cleanup);

const told = (text: string): HTMLElement => render(<Reason text={text} />).container;

test.each([
  ['the file is empty', 'skedari është bosh'],
  ['no indicator: longer than 4096 bytes', 'nuk është tregues: tepër e gjatë'],
  ['name: is longer than 200 characters', 'name: është më i gjatë se 200 shenja'],
  ['networks: are more than 2,000', 'networks: janë më shumë se 2,000'],
  ['limit: must be a whole number from 1 to 500', 'limit: duhet të jetë numër i plotë nga 1 në 500'],
  ['networks: entry 3 is no AS number', 'networks: zëri 3 nuk është numër AS'],
])('%s', (text, words) => {
  expect(told(text).textContent).toBe(words);
});

test('what is not known stands as the server said it, marked as English', () => {
  const container = told('cannot read `x` in a mapped column');
  expect(container.textContent).toBe('cannot read `x` in a mapped column');
  expect(container.querySelector('[lang=en]')).not.toBeNull();
});
