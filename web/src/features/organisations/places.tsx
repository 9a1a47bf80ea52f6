import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { paths } from '@/contract/paths';

/** The parts of the register. */
export function Places() {
  const { t } = useTranslation();
  const places = [
    [paths.organisations(), 'organisations.list'],
    [paths.conflicts, 'organisations.conflicts'],
    [paths.nationalSpace, 'organisations.space'],
  ] as const;
  return (
    <nav className="k-tabs k-no-print" aria-label={t('nav.organisations')}>
      {places.map(([to, key]) => (
        <NavLink key={to} to={to} end>
          {t(key)}
        </NavLink>
      ))}
    </nav>
  );
}
