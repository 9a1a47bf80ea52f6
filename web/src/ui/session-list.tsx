import { Button } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenSession } from '@/contract/types';
import { agentName } from './agent';
import { Moment } from './moment';

interface SessionListProps {
  sessions: readonly OpenSession[];
  onEnd?: (session: OpenSession) => void;
  /** The one that is being ended. */
  ending?: string | undefined;
}

/** Where somebody is signed in: browser, address, when. */
export function SessionList({ sessions, onEnd, ending }: SessionListProps) {
  const { t } = useTranslation();
  if (sessions.length === 0) return <p className="k-faint">{t('sessions.none')}</p>;
  return (
    <ul className="k-lines-list">
      {sessions.map((session) => (
        <li key={session.id}>
          <IconDeviceDesktop size={20} stroke={1.6} aria-hidden />
          <div>
            <p className="k-line-name" title={session.agent}>
              {session.agent === '' ? t('sessions.unnamed') : agentName(session.agent)}
              {session.current && (
                <span className="k-mark k-mark-beside" data-tone="good">
                  {t('sessions.current')}
                </span>
              )}
            </p>
            <p className="k-line-note">
              <span className="k-address">{session.origin}</span> · {t('sessions.used')} <Moment at={session.last_used_at} as="ago" /> · {t('sessions.began')} <Moment at={session.began_at} />
            </p>
          </div>
          {onEnd !== undefined && !session.current && (
            <Button variant="default" loading={ending === session.id} onClick={() => onEnd(session)} aria-label={t('sessions.end_that', { agent: agentName(session.agent) })}>
              {t('sessions.end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
