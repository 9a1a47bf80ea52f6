import { useTranslation } from 'react-i18next';
import { useReaders } from '@/contract/use-readers';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';

/** What an incident was or is, member by member, in the words and zone of the reader; what has no words stays as it is. */
export function useTold(): (side: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  const { data: sectors } = useSectors();
  const { data: people } = useReaders();
  const person = (id: string) => people?.find((each) => each.id === id)?.full_name ?? id;
  const words: Readonly<Record<string, (text: string) => string>> = {
    class: (text) => classified(text, null) ?? text,
    type: (text) => classified(null, text) ?? text,
    severity: (text) => t(`severity.${text}`),
    tlp: (text) => text.toUpperCase(),
    pap: (text) => text.toUpperCase(),
    lead: person,
    readers: person,
    sectors: (text) => labelOf(sectors, text, format.language),
    happened_at: format.full,
    detected_at: format.full,
  };
  const told = (field: string, value: unknown): unknown => {
    if (typeof value === 'boolean') return t(value ? 'yes_no.yes' : 'yes_no.no');
    if (Array.isArray(value)) return value.map((each) => told(field, each));
    return typeof value === 'string' ? (words[field]?.(value) ?? value) : value;
  };
  return (side) => Object.fromEntries(Object.entries(side).map(([field, value]) => [field, told(field, value)]));
}
