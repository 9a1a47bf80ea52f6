import { Fragment, lazy, Suspense, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { isConfirmationAsked, watchConfirmation } from '@/contract/confirmation';
import { paths } from '@/contract/paths';
import { askSession } from '@/contract/session';
import { useStanding } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { adoptLanguage } from './i18n';

const loadPanel = () => import('@/features/access/sign-in-panel');
const SignInPanel = lazy(async () => ({ default: (await loadPanel()).SignInPanel }));
const ConfirmationDialog = lazy(async () => ({ default: (await import('@/features/access/confirmation-dialog')).ConfirmationDialog }));
const idleAfter = 3000;

/** Asks once who is signed in; what went wrong with asking, if anything did. */
function useFirstAnswer(): { error: unknown; retry: () => void } {
  const { is } = useStanding();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (is === 'unknown') askSession().catch(setError);
  }, [is, attempt]);
  return {
    error,
    retry: () => {
      setError(undefined);
      setAttempt((count) => count + 1);
    },
  };
}

/**
 * The desk's door. Nobody passes without a session; but when one ends in the middle of work, the page stays as it is,
 * with what was typed on it, and signing in comes over it.
 */
export function Entrance({ children }: { children: ReactNode }) {
  const standing = useStanding();
  const [pathname] = useLocation();
  const search = useSearch();
  const { error, retry } = useFirstAnswer();
  const confirming = useSyncExternalStore(watchConfirmation, isConfirmationAsked);
  const user = 'session' in standing ? standing.session.user : undefined;
  const inside = standing.is === 'in';

  const language = user?.language;
  useEffect(() => {
    if (inside && language !== undefined) adoptLanguage(language);
  }, [inside, language]);

  // The panel must come even when the server is hard to reach just then.
  useEffect(() => {
    if (!inside) return;
    const timer = setTimeout(() => void loadPanel().catch(() => undefined), idleAfter);
    return () => clearTimeout(timer);
  }, [inside]);

  if (error !== undefined && standing.is === 'unknown') {
    return (
      <main className="k-outside-failure">
        <Failure error={error} retry={retry} />
      </main>
    );
  }
  if (standing.is === 'unknown') return null;
  if (user === undefined || standing.is === 'unfinished') {
    const wanted = search === '' ? pathname : `${pathname}?${search}`;
    return <Redirect to={paths.signIn(wanted === '/' ? undefined : wanted)} replace />;
  }
  return (
    <>
      <Fragment key={user.id}>{children}</Fragment>
      {inside && confirming && (
        <Suspense>
          <ConfirmationDialog session={standing.session} />
        </Suspense>
      )}
      {standing.is === 'over' && (
        <Suspense>
          <SignInPanel user={user} />
        </Suspense>
      )}
    </>
  );
}
