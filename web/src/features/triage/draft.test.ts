// What the form sends: nothing without a word of it, and the text as it was told.
import { expect, test } from 'vitest';
import { emptyDraft, inputOf } from './draft';

test('without subject and text there is no report', () => {
  expect(inputOf({ ...emptyDraft('mk'), name: 'Somebody', subject: ' ' })).toBeUndefined();
  expect(inputOf({ ...emptyDraft('mk'), subject: 'Strange mail' })).toMatchObject({ subject: 'Strange mail', text: '', channel: 'desk', language: 'mk' });
});

test('the text keeps its blanks, of the reporter what is empty is unknown', () => {
  expect(inputOf({ ...emptyDraft(null), text: ' hxxps://login.example[.]net \n', email: ' citizen@mail.example ' })).toMatchObject({ subject: null, text: ' hxxps://login.example[.]net \n', reporter: { name: null, email: 'citizen@mail.example', phone: null } });
});

test('readers are named under TLP:RED only', () => {
  expect(inputOf({ ...emptyDraft(null), text: 'x', readers: ['1'] })).not.toHaveProperty('readers');
  expect(inputOf({ ...emptyDraft(null), text: 'x', tlp: 'red', readers: ['1'] })).toMatchObject({ readers: ['1'] });
});
