import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { read, write } from '@/contract/client';
import type { OpenSession } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { Panel } from '@/ui/panel';
import { SessionList } from '@/ui/session-list';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';

const key = ['own-sessions'];

/** Where one is signed in, and the way to end what one does not know. */
export function OwnSessions() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await read<{ items: OpenSession[] }>('/account/sessions', {}, signal)).items });
  const end = useMutation({
    mutationFn: (session: OpenSession) => write<undefined>('DELETE', `/account/sessions/${session.id}`),
    onSuccess: () => {
      say(t('sessions.ended'));
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Panel title={t('account.sessions')} note={t('account.sessions_note')}>
      {end.error !== null && <Failure error={end.error} />}
      {data === undefined && (error === null ? <TableSkeleton rows={3} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data !== undefined && <SessionList sessions={data} onEnd={(session) => end.mutate(session)} ending={end.isPending ? end.variables.id : undefined} />}
    </Panel>
  );
}
