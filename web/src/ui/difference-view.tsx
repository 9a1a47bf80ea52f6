import './trail.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { differenceOf } from './difference';
import { fieldText } from './trail-words';

/** What a deed changed, field by field: what it was, what it became, each in words and not by colour alone. */
export function DifferenceView({ before, after }: { before: unknown; after: unknown }) {
  const { t, i18n } = useTranslation();
  const changes = useMemo(() => differenceOf(before, after), [before, after]);
  if (changes.length === 0) return <p className="k-faint">{t('trail.no_difference')}</p>;
  return (
    <dl className="k-difference">
      {changes.map(({ field, kind, before: was, after: is }) => (
        <div key={field}>
          <dt>
            {field === '' ? t('field.value') : fieldText(field, t, i18n)} <span className="k-mark">{t(`difference.${kind}`)}</span>
          </dt>
          {was !== null && (
            <dd>
              <span className="k-unseen">{t('difference.was')} </span>
              <del>{was}</del>
            </dd>
          )}
          {is !== null && (
            <dd>
              <span className="k-unseen">{t('difference.is')} </span>
              <ins>{is}</ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
