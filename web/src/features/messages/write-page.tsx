import './messages.css';
import { useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { useSession } from '@/contract/use-session';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { useQueryState } from '@/ui/use-query-state';
import { WriteForm } from './write-form';

const queryNames = ['organisation'] as const;

const useOrganisation = (id: string | undefined) =>
  useQuery({ queryKey: ['organisation', id], queryFn: ({ signal }) => read<Organisation>(`/organisations/${encodeURIComponent(id ?? '')}`, {}, signal), enabled: id !== undefined });

/** Writes to contacts of an organisation: whom, what and under which label; who gets it and how is told before it goes. */
export function WritePage() {
  const { t } = useTranslation();
  const person = useSession()?.user.id ?? '';
  const [{ organisation: id }, change] = useQueryState(queryNames);
  const { data: organisation, error, refetch } = useOrganisation(id);
  return (
    <>
      <PageHeader title={organisation === undefined ? t('messages.write') : t('messages.write_to', { name: organisation.name })} answer={t('messages.write_answer')} above={<BackLink to={paths.messages()} icon={IconSend}>{t('nav.outbox')}</BackLink>} />
      <div className="k-stack">
        <Panel>
          <OrganisationChoice label={t('field.organisation')} required value={id ?? null} onChange={(organisation) => change({ organisation: organisation ?? undefined })} />
        </Panel>
        {error !== null && <Failure error={error} retry={() => void refetch()} />}
        {id !== undefined && organisation === undefined && error === null && <TableSkeleton rows={8} />}
        {organisation !== undefined && <WriteForm key={organisation.id} organisation={organisation} person={person} />}
      </div>
    </>
  );
}
