import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { PlaceLink } from '@/ui/place-link';

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
        <PlaceLink key={to} to={to} exact>
          {t(key)}
        </PlaceLink>
      ))}
    </nav>
  );
}
