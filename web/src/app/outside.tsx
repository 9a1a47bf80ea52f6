import { Suspense, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Toasts } from '@/ui/toast';
import { Crash } from './crash';
import { LanguageChoice } from './language-choice';
import { SettingsMenu } from './settings-menu';
import { Tower } from './tower';

/** What stands around the pages that one sees before signing in: the sign, language, light or dark. */
export function Outside({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  return (
    <div className="k-outside">
      <header className="k-outside-top k-no-print">
        <span className="k-brand">
          <Tower />
          <span>Kula</span>
        </span>
        <div className="k-top-end">
          <LanguageChoice />
          <SettingsMenu />
        </div>
      </header>
      <main className="k-outside-main">
        <Crash>
          <Suspense fallback={<TableSkeleton rows={5} />}>{children}</Suspense>
        </Crash>
      </main>
      <footer className="k-outside-foot k-no-print">{t('outside.foot')}</footer>
      <Toasts />
    </div>
  );
}
