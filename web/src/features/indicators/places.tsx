import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { paths } from '@/contract/paths';

export function Places() {
  const { t } = useTranslation();
  const places = [
    [paths.indicators(), 'indicators.list'],
    [paths.sources, 'indicators.sources'],
  ] as const;
  return (
    <nav className="k-tabs k-no-print" aria-label={t('nav.indicators')}>
      {places.map(([to, key]) => (
        <NavLink key={to} to={to} end>
          {t(key)}
        </NavLink>
      ))}
    </nav>
  );
}
