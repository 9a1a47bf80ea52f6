import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFollowChanges } from '@/contract/use-changes';
import { useFollowStatus } from '@/contract/use-status';
import { prefer, usePreferences } from '@/ui/preferences';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Toasts } from '@/ui/toast';
import { Crash } from './crash';
import { Navigation } from './navigation';
import { Notices } from './notices';
import { openPalette, usePaletteCalls } from './palette-store';
import { TopBar } from './top-bar';

const loadPalette = () => import('./palette');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const idleAfter = 1500;

/** What stands around every page: navigation, the bar above, notices, and the way to search. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [pathname] = useLocation();
  const { navigation } = usePreferences();
  const [drawer, { open, close }] = useDisclosure(false);
  const main = useRef<HTMLElement>(null);
  const calls = usePaletteCalls();
  useFollowStatus();
  useFollowChanges();
  useHotkeys([
    ['/', openPalette],
    ['[', () => prefer({ navigation: navigation === 'wide' ? 'narrow' : 'wide' })],
  ]);

  useHotkeys([['mod+K', openPalette]], []);

  // Fetched while nobody waits for it; if it cannot come now, it is asked for again when it is called.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), idleAfter);
    return () => clearTimeout(timer);
  }, []);

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
        {calls > 0 && (
          <Crash>
            <Suspense>
              <Palette calls={calls} />
            </Suspense>
          </Crash>
        )}
        <main id="main" ref={main} tabIndex={-1} className="k-main">
          <Crash key={pathname}>
            <Suspense fallback={<TableSkeleton rows={12} />}>
              {children}
            </Suspense>
          </Crash>
        </main>
      </div>
      <Toasts />
    </div>
  );
}
