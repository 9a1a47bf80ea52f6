import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { followSession } from '@/contract/session';
import type { Session } from '@/contract/types';
import { Dialog } from '@/ui/dialog';

const lookEvery = 60_000;
const warnBefore = 5 * 60_000;
const tick = 1000;

const left = (session: Session): number => new Date(session.expires_at).getTime() - Date.now();

/**
 * Asks now and then how long the session still goes on. A desk that nobody attends is warned before it is signed out; what
 * was typed stays on it, under the question to sign in again.
 */
export function IdleWatch({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [remaining, setRemaining] = useState(() => left(session));
  useEffect(() => {
    const look = () => followSession().catch(() => undefined);
    const looking = setInterval(() => void look(), lookEvery);
    const counting = setInterval(() => setRemaining(left(session)), tick);
    // The moment itself is not waited for until the next look.
    const over = setTimeout(() => void look(), Math.max(0, left(session)) + tick);
    return () => {
      clearInterval(looking);
      clearInterval(counting);
      clearTimeout(over);
    };
  }, [session]);
  const [tried, setTried] = useState<string>();
  if (remaining > warnBefore || remaining <= 0) return null;
  const stay = () => {
    setTried(session.expires_at);
    followSession().catch(() => undefined);
  };
  const minutes = Math.max(1, Math.ceil(remaining / 60_000));
  if (tried === session.expires_at) {
    return (
      <p className="k-notice" data-tone="warn" role="status">
        {t('idle.last', { count: minutes })}
      </p>
    );
  }
  return (
    <Dialog title={t('idle.title')} onClose={stay}>
      <p role="timer">{t('idle.text', { count: minutes })}</p>
      <p>{t('idle.kept')}</p>
      <div className="k-form-end">
        <Button onClick={stay} data-autofocus>
          {t('idle.stay')}
        </Button>
      </div>
    </Dialog>
  );
}
