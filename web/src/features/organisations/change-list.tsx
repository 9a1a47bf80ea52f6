import { useTranslation } from 'react-i18next';
import type { FieldChange } from '@/contract/types';
import { labelOf, useContactRoles, useSectors } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { fieldText } from '@/ui/trail-words';
import '@/ui/trail.css';

/** What stands in a field, in the reader's words. */
function useValueText(): (field: string, value: string) => string {
  const { t } = useTranslation();
  const { language, languageName } = useFormat();
  const { data: sectors } = useSectors();
  const { data: roles } = useContactRoles();
  return (field, value) => {
    const parts = sectors?.flatMap(({ subsectors }) => subsectors);
    if (field === 'sector') return labelOf(sectors, value, language);
    if (field === 'subsector') return labelOf(parts, value, language);
    if (field === 'size') return t(`size.${value}`);
    if (field === 'entity_class') return t(`entity_class.${value}`);
    if (field === 'contacts.role') return labelOf(roles, value, language);
    if (field === 'contacts.round_the_clock') return t(`yes_no.${value}`);
    if (field.endsWith('languages')) return value.split(', ').map(languageName).join(', ');
    return value;
  };
}

/** What will change, or would: what it was, what it becomes, each in words and not by colour alone. */
export function ChangeList({ changes }: { changes: readonly FieldChange[] }) {
  const { t, i18n } = useTranslation();
  const valueText = useValueText();
  return (
    <dl className="k-difference">
      {changes.map(({ field, of, before, after }, index) => (
        <div key={index}>
          <dt>
            {of !== null && `${of} · `}
            {fieldText(of === null ? field : field.replace('contacts.', ''), t, i18n)} <span className="k-mark">{t(`difference.${before === null ? (after === null ? 'changed' : 'added') : after === null ? 'removed' : 'changed'}`)}</span>
          </dt>
          {before !== null && (
            <dd>
              <span className="k-unseen">{t('difference.was')} </span>
              <del>{valueText(field, before)}</del>
            </dd>
          )}
          {after !== null && (
            <dd>
              <span className="k-unseen">{t('difference.is')} </span>
              <ins>{valueText(field, after)}</ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
