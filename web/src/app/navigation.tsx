import { Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { prefer, usePreferences } from '@/ui/preferences';
import { Brand, Foot, Places } from './places';

const NavigationDrawer = lazy(async () => ({ default: (await import('./navigation-drawer')).NavigationDrawer }));

/** The places of the desk: a column at the left, a drawer on a narrow screen. */
export function Navigation({ drawer, onClose }: { drawer: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { navigation } = usePreferences();
  const narrow = navigation === 'narrow';
  const [wanted, setWanted] = useState(drawer);
  if (drawer && !wanted) setWanted(true);
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = t(narrow ? 'frame.widen' : 'frame.narrow');
  return (
    <>
      <nav className="k-nav k-no-print" aria-label={t('frame.navigation')}>
        <Brand narrow={narrow} />
        <Places narrow={narrow} name="column" />
        {!narrow && <Foot />}
        <Tooltip label={`${label}  [`} position="right">
          <button type="button" className="k-nav-fold" aria-label={label} onClick={() => prefer({ navigation: narrow ? 'wide' : 'narrow' })}>
            <Icon size={18} stroke={1.6} aria-hidden />
          </button>
        </Tooltip>
      </nav>
      {wanted && (
        <Suspense>
          <NavigationDrawer opened={drawer} onClose={onClose} />
        </Suspense>
      )}
    </>
  );
}
