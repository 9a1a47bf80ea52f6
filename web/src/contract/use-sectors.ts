import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Labelled, Sector } from './types';

const useWords = <Word>(path: '/sectors' | '/contact-roles') =>
  useQuery({
    queryKey: [path],
    queryFn: async ({ signal }) => (await read<{ items: Word[] }>(path, {}, signal)).items,
    staleTime: Infinity,
  });

/** All sectors in the order to show them; they change with a release only. */
export const useSectors = () => useWords<Sector>('/sectors');
/** What contacts may be there for; likewise. */
export const useContactRoles = () => useWords<Labelled>('/contact-roles');

const isLabelled = (language: string): language is keyof Labelled['labels'] => ['en', 'mk', 'sq'].includes(language);

/** A word's label in a language; its id when nobody knows it. */
export function labelOf(words: readonly Labelled[] | undefined, id: string, language: string): string {
  const labels = words?.find((word) => word.id === id)?.labels;
  return labels?.[isLabelled(language) ? language : 'en'] ?? id;
}
