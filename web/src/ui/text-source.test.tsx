// @vitest-environment jsdom
// A file that is no text is refused by name, and what stands in the field stays.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { useState } from 'react';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test } from 'vitest';
import { fillJsdomGaps } from './jsdom-gaps';
import { TextSource } from './text-source';

fillJsdomGaps();
await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: { import: { no_text: 'no text: {{name}}' } } } }, showSupportNotice: false });

afterEach(cleanup);

function Form() {
  const [text, setText] = useState('');
  return <TextSource label="Text" accept=".txt" value={text} onChange={setText} />;
}

/** Of a file as much as is asked of it; the one of jsdom cannot be read. */
const fileOf = (name: string, bytes: Uint8Array) => ({ name, size: bytes.length, arrayBuffer: () => Promise.resolve(bytes.buffer) });
const drop = (file: ReturnType<typeof fileOf>) => fireEvent.drop(screen.getByLabelText('Text'), { dataTransfer: { files: [file] } });

test('a picture is not poured into the field', async () => {
  render(
    <MantineProvider env="test">
      <Form />
    </MantineProvider>,
  );
  drop(fileOf('list.txt', new TextEncoder().encode('192.0.2.1')));
  await screen.findByDisplayValue('192.0.2.1');
  drop(fileOf('today.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0])));
  expect((await screen.findByRole('alert')).textContent).toBe('no text: today.png');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Text').value).toBe('192.0.2.1');
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: '192.0.2.2' } });
  expect(screen.queryByRole('alert')).toBeNull();
});
