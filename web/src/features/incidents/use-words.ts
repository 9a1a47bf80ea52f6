import { useTranslation } from 'react-i18next';
import type { IncidentVocabulary } from '@/contract/types';
import { textIn } from '@/ui/local-text';
import { useVocabulary } from './use-incidents';

/** The state that stands alone, not in a sentence. */
const capital = (text: string, language: string) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

/** The states of incidents in the reader's language; a state by its id while the vocabulary is on its way. */
export function useWords() {
  const { i18n } = useTranslation();
  const { data } = useVocabulary();
  const language = i18n.resolvedLanguage ?? 'en';
  const states: IncidentVocabulary['states'] = data?.states ?? [];
  const find = (id: string) => states.find((state) => state.id === id);
  const inSentence = (id: string) => {
    const state = find(id);
    return state === undefined ? id : textIn(state.name, language);
  };
  return {
    states,
    severities: data?.severities ?? [],
    inSentence,
    state: (id: string) => capital(inSentence(id), language),
    needsReason: (id: string) => find(id)?.needs_reason ?? false,
    language,
  };
}
