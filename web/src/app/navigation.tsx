import { Tooltip } from '@mantine/core';
import { IconBuildingCommunity, IconChartHistogram, IconEye, IconFlag3, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconRouter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { paths } from '@/contract/paths';
import { useStatus } from '@/contract/use-status';
import { useFormat } from '@/ui/format';
import { prefer, usePreferences, zoneName } from '@/ui/preferences';
import { SideDrawer } from '@/ui/side-drawer';
import { Tower } from './tower';

const places = [
  { to: paths.picture, key: 'nav.picture', icon: IconChartHistogram },
  { to: paths.sightings(), key: 'nav.sightings', icon: IconEye },
  { to: paths.indicators(), key: 'nav.indicators', icon: IconFlag3 },
  { to: paths.organisations(), key: 'nav.organisations', icon: IconBuildingCommunity },
  { to: paths.collectors, key: 'nav.collectors', icon: IconRouter },
] as const;

function Places({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation();
  return (
    <ul>
      {places.map(({ to, key, icon: Icon }) => (
        <li key={to}>
          <Tooltip label={t(key)} position="right" disabled={!narrow}>
            <NavLink to={to} end={to === paths.picture} className="k-nav-link" aria-label={narrow ? t(key) : undefined}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {!narrow && <span>{t(key)}</span>}
            </NavLink>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

function Foot() {
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

const Brand = ({ narrow }: { narrow: boolean }) => (
  <NavLink to={paths.picture} className="k-brand" aria-label="Kula">
    <Tower />
    {!narrow && <span aria-hidden>Kula</span>}
  </NavLink>
);

/** The places of the desk: a column at the left, a drawer on a narrow screen. */
export function Navigation({ drawer, onClose }: { drawer: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { navigation } = usePreferences();
  const narrow = navigation === 'narrow';
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = t(narrow ? 'frame.widen' : 'frame.narrow');
  return (
    <>
      <nav className="k-nav k-no-print" aria-label={t('frame.navigation')}>
        <Brand narrow={narrow} />
        <Places narrow={narrow} />
        {!narrow && <Foot />}
        <Tooltip label={`${label}  [`} position="right">
          <button type="button" className="k-nav-fold" aria-label={label} onClick={() => prefer({ navigation: narrow ? 'wide' : 'narrow' })}>
            <Icon size={18} stroke={1.6} aria-hidden />
          </button>
        </Tooltip>
      </nav>
      <SideDrawer opened={drawer} onClose={onClose} side="left" size={264} title={<Brand narrow={false} />}>
        <nav className="k-nav-drawer" aria-label={t('frame.navigation')}>
          <Places narrow={false} />
          <Foot />
        </nav>
      </SideDrawer>
    </>
  );
}
