import './observables.css';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Observable } from '@/contract/types';

/** What a text tells of, each with the way to who else saw it. */
export function Observables({ of, none }: { of: readonly Observable[]; none: string }) {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="k-faint">{none}</p>;
  return (
    <ul className="k-observables">
      {of.map(({ kind, value, common }) => (
        <li key={`${kind} ${value}`}>
          <span className="k-faint">{t(`kind.${kind}`)}</span>{' '}
          <span className="k-observable" translate="no">
            {value}
          </span>{' '}
          {common && (
            <span className="k-mark" title={t('seen.common_note')}>
              {t('seen.common')}
            </span>
          )}
          <span className="k-cell-two">
            <Link to={paths.seen({ kind, value })} aria-label={`${t('seen.ask')} ${value}`}>
              {t('seen.ask')}
            </Link>
          </span>
        </li>
      ))}
    </ul>
  );
}
