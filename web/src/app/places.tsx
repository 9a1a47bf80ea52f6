import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconBuildingCommunity, IconChartHistogram, IconDevices, IconEye, IconFirstAidKit, IconFlag3, IconHistory, IconInbox, IconKey, IconMessageReport, IconRoute, IconRouter, IconRss, IconSend, IconServer2, IconShield, IconSunrise, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/contract/use-session';
import { useStatus } from '@/contract/use-status';
import { useFormat } from '@/ui/format';
import { usePreferences, zoneName } from '@/ui/preferences';
import { PlaceLink } from '@/ui/place-link';
import { homeFor, placesFor, type Place } from './place-list';
import { Tower } from './tower';

const icons: Readonly<Record<Place['key'], typeof IconEye>> = {
  today: IconSunrise,
  picture: IconChartHistogram,
  triage: IconMessageReport,
  incidents: IconFirstAidKit,
  sightings: IconEye,
  events: IconBolt,
  findings: IconAlertTriangle,
  indicators: IconFlag3,
  feeds: IconRss,
  deliveries: IconInbox,
  organisations: IconBuildingCommunity,
  rules: IconRoute,
  outbox: IconSend,
  collectors: IconRouter,
  people: IconUsers,
  sessions: IconDevices,
  team: IconShield,
  tokens: IconKey,
  trail: IconHistory,
  upkeep: IconServer2,
};

function PlaceList({ places, narrow, labelledBy }: { places: readonly Place[]; narrow: boolean; labelledBy?: string }) {
  const { t } = useTranslation();
  return (
    <ul aria-labelledby={labelledBy}>
      {places.map(({ to, key }) => {
        const Icon = icons[key];
        return (
          <li key={to}>
            <Tooltip label={t(`nav.${key}`)} position="right" disabled={!narrow}>
              <PlaceLink to={to} className="k-nav-link" aria-label={narrow ? t(`nav.${key}`) : undefined}>
                <Icon size={18} stroke={1.7} aria-hidden />
                {!narrow && <span>{t(`nav.${key}`)}</span>}
              </PlaceLink>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

/** The places that one may open; those of the administration apart. `name` tells two lists on one page apart. */
export function Places({ narrow, name }: { narrow: boolean; name: string }) {
  const { t } = useTranslation();
  const { work, administration } = placesFor(useMay());
  const heading = `k-administration-${name}`;
  return (
    <>
      <PlaceList places={work} narrow={narrow} />
      {administration.length > 0 && (
        <>
          <p id={heading} className={narrow ? 'k-unseen' : 'k-nav-group'}>
            {t('nav.administration')}
          </p>
          <PlaceList places={administration} narrow={narrow} labelledBy={heading} />
        </>
      )}
    </>
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

export function Brand({ narrow }: { narrow: boolean }) {
  const home = homeFor(useMay());
  return (
    <PlaceLink to={home} exact className="k-brand" aria-label="Kula">
      <Tower />
      {!narrow && <span aria-hidden>Kula</span>}
    </PlaceLink>
  );
}
