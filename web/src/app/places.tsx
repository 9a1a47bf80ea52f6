import { Tooltip } from '@mantine/core';
import { IconBuildingCommunity, IconChartHistogram, IconEye, IconFlag3, IconRouter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { useStatus } from '@/contract/use-status';
import { useFormat } from '@/ui/format';
import { usePreferences, zoneName } from '@/ui/preferences';
import { PlaceLink } from '@/ui/place-link';
import { Tower } from './tower';

const places = [
  { to: paths.picture, key: 'nav.picture', icon: IconChartHistogram },
  { to: paths.sightings(), key: 'nav.sightings', icon: IconEye },
  { to: paths.indicators(), key: 'nav.indicators', icon: IconFlag3 },
  { to: paths.organisations(), key: 'nav.organisations', icon: IconBuildingCommunity },
  { to: paths.collectors, key: 'nav.collectors', icon: IconRouter },
] as const;

export function Places({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation();
  return (
    <ul>
      {places.map(({ to, key, icon: Icon }) => (
        <li key={to}>
          <Tooltip label={t(key)} position="right" disabled={!narrow}>
            <PlaceLink to={to} exact={to === paths.picture} className="k-nav-link" aria-label={narrow ? t(key) : undefined}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {!narrow && <span>{t(key)}</span>}
            </PlaceLink>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

export function Foot() {
  const { t } = useTranslation();
  const { data: status } = useStatus();
  const { zone } = usePreferences();
  const format = useFormat();
  return (
    <div className="k-nav-foot">
      <p>{t('frame.zone', { zone: zoneName(zone).replaceAll('_', ' ') })}</p>
      {status !== undefined && <p>{t('frame.version', { version: status.version, since: format.dayAndTime(status.started_at) })}</p>}
    </div>
  );
}

export const Brand = ({ narrow }: { narrow: boolean }) => (
  <PlaceLink to={paths.picture} className="k-brand" aria-label="Kula">
    <Tower />
    {!narrow && <span aria-hidden>Kula</span>}
  </PlaceLink>
);
