import '@/ui/access.css';
import { Button } from '@mantine/core';
import { IconLink, IconPencil, IconUserOff, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { User } from '@/contract/types';
import { useMay, useSession } from '@/contract/use-session';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { HistoryOf } from '@/ui/history-of';
import { Moment } from '@/ui/moment';
import { OrganisationLink } from '@/ui/organisation-link';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { SessionList } from '@/ui/session-list';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { SecondFactorMark } from './people-page';
import { Deactivation, LinkRenewal } from './person-deeds';
import { UserStateMark } from './state-mark';
import { useEndSessions, usePerson, useSessionsOf } from './use-people';

function Sessions({ user }: { user: User }) {
  const { t } = useTranslation();
  const may = useMay();
  const { data, error, refetch } = useSessionsOf(user.id);
  const end = useEndSessions();
  const some = data !== undefined && data.length > 0;
  return (
    <Panel
      title={t('person.sessions')}
      actions={
        some && may('users.manage') && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(user, { onSuccess: () => say(t('person.sessions_ended', { name: user.full_name })) })}>
            {t('person.end_sessions')}
          </Button>
        )
      }
    >
      {end.error !== null && <Failure error={end.error} />}
      {data === undefined && (error === null ? <TableSkeleton rows={3} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data !== undefined && <SessionList sessions={data} />}
    </Panel>
  );
}

function About({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('person.about')}>
      <Facts
        items={[
          [t('sign_in.name'), user.name],
          [t('contact.email'), user.email === null ? '–' : <a key="email" href={`mailto:${user.email}`}>{user.email}</a>],
          [t('contact.language'), t(`language.${user.language}`)],
          [
            t('field.roles'),
            <ul key="roles" className="k-plain-list">
              {user.roles.map((role) => (
                <li key={role}>
                  {t(`role.${role}`)}
                  <p className="k-line-note">{t(`role_text.${role}`)}</p>
                </li>
              ))}
            </ul>,
          ],
          ...(user.organisation === null ? [] : [[t('field.organisation'), <OrganisationLink key="organisation" id={user.organisation} />] as const]),
          [t('field.second_factors'), <SecondFactorMark key="factors" user={user} />],
          [t('recovery.left'), String(user.recovery_codes)],
          [t('field.last_sign_in'), <Moment key="last" at={user.last_sign_in} as="ago" absent={t('people.never')} />],
          [t('field.since'), <Moment key="since" at={user.created_at} as="day" />],
          [t('field.changed'), <Moment key="changed" at={user.changed_at} />],
        ]}
      />
    </Panel>
  );
}

/** One person: who it is, as what they may sign in, and where they are signed in. */
export function PersonPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const may = useMay();
  const own = useSession()?.user.id === id;
  const { data: user, error, refetch } = usePerson(id);
  const [deed, setDeed] = useState<'deactivate' | 'link'>();
  const above = <BackLink to={paths.people()} icon={IconUsers}>{t('nav.people')}</BackLink>;
  if (user === undefined) return <AwaitedPage title={t('person.title')} above={above} asked={{ error, refetch }} />;
  const out = user.state === 'deactivated';
  return (
    <>
      <PageHeader
        title={user.full_name}
        above={above}
        marks={<UserStateMark state={user.state} />}
        answer={t(`person.answer_${user.state}`, { roles: user.roles.map((role) => t(`role.${role}`)).join(', ') })}
        actions={
          may('users.manage') && (
            <>
              {!out && (
                <Button component={Link} to={paths.personEdit(user.id)} variant="default" leftSection={<IconPencil size={14} aria-hidden />}>
                  {t('action.edit')}
                </Button>
              )}
              {!own && (
                <Button variant="default" leftSection={<IconLink size={14} aria-hidden />} onClick={() => setDeed('link')}>
                  {t(out ? 'link.readmit' : 'link.renew')}
                </Button>
              )}
              {!own && !out && (
                <Button variant="default" leftSection={<IconUserOff size={14} aria-hidden />} onClick={() => setDeed('deactivate')}>
                  {t('person.deactivate')}
                </Button>
              )}
            </>
          )
        }
      />
      <div className="k-columns">
        <div>
          <Sessions user={user} />
          <HistoryOf subject={`user:${user.id}`} />
        </div>
        <div>
          <About user={user} />
        </div>
      </div>
      {deed === 'deactivate' && <Deactivation user={user} onClose={() => setDeed(undefined)} />}
      {deed === 'link' && <LinkRenewal user={user} onClose={() => setDeed(undefined)} />}
    </>
  );
}
