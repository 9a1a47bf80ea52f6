import { Fragment } from 'react';
import type { LocalText } from '@/contract/types';

/** A text of the server in the reader's language; in English where it has none there. */
export const textIn = (text: LocalText, language: string): string => (text as Readonly<Record<string, string | undefined>>)[language] ?? text.en;

/** The same, with what stands between backquotes as something to type. */
export function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? <Fragment key={part}>{part}</Fragment> : <code key={part}>{part}</code>));
}
