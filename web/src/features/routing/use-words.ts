import { useTranslation } from 'react-i18next';
import { labelOf, useContactRoles, useSectors } from '@/contract/use-sectors';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';
import type { Words } from './sentence';

/** The words of a rule in the reader's language. */
export function useWords(): Words {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  const { data: sectors } = useSectors();
  const { data: roles } = useContactRoles();
  return {
    t: (key, variables) => t(key, variables ?? {}),
    value: (list, id) => {
      if (list === 'classes' || list === 'types') return classified(list === 'classes' ? id : null, list === 'types' ? id : null) ?? id;
      return list === 'sectors' ? labelOf(sectors, id, format.language) : id;
    },
    role: (id) => labelOf(roles, id, format.language),
    day: (moment) => format.day(moment),
  };
}
