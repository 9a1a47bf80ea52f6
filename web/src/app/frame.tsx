import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useFollowStatus } from '@/contract/use-status';
import { prefer, usePreferences } from '@/ui/preferences';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Crash } from './crash';
import { Navigation } from './navigation';
import { Notices } from './notices';
import { Palette } from './palette';
import { openPalette } from './palette-store';
import { TopBar } from './top-bar';

/** What stands around every page: navigation, the bar above, notices, and the way to search. */
export function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { navigation } = usePreferences();
  const [drawer, { open, close }] = useDisclosure(false);
  const main = useRef<HTMLElement>(null);
  useFollowStatus();
  useHotkeys([
    ['/', openPalette],
    ['mod+K', openPalette, { preventDefault: true }],
    ['[', () => prefer({ navigation: navigation === 'wide' ? 'narrow' : 'wide' })],
  ]);

  const first = useRef(true);
  useEffect(() => {
    close();
    window.scrollTo(0, 0);
    // A new page is read from its beginning, by ear as well.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname, close]);

  return (
    <div className="k-frame" data-navigation={navigation}>
      <a className="k-skip" href="#main">
        {t('frame.skip')}
      </a>
      <Navigation drawer={drawer} onClose={close} />
      <div className="k-frame-page">
        <TopBar onMenu={open} />
        <Notices />
        <main id="main" ref={main} tabIndex={-1} className="k-main">
          <Crash key={pathname}>
            <Suspense fallback={<TableSkeleton rows={12} />}>
              <Outlet />
            </Suspense>
          </Crash>
        </main>
      </div>
      <Palette />
    </div>
  );
}
