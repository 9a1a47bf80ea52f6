import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { PlaceLink } from '@/ui/place-link';
import { Tabs } from '@/ui/tabs';

export function Places() {
  const { t } = useTranslation();
  return (
    <Tabs label={t('nav.findings')}>
      <PlaceLink to={paths.findings()} exact>
        {t('findings.list')}
      </PlaceLink>
      <PlaceLink to={paths.loop} exact>
        {t('loop.title')}
      </PlaceLink>
    </Tabs>
  );
}
