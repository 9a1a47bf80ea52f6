import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { PlaceLink } from '@/ui/place-link';
import { Tabs } from '@/ui/tabs';

export function Places() {
  const { t } = useTranslation();
  const places = [
    [paths.deliveries(), 'deliveries.list'],
    [paths.mappingTrial(), 'mapping.title'],
  ] as const;
  return (
    <Tabs label={t('nav.deliveries')}>
      {places.map(([to, key]) => (
        <PlaceLink key={to} to={to} exact>
          {t(key)}
        </PlaceLink>
      ))}
    </Tabs>
  );
}
