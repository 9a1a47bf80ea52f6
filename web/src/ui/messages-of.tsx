import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { MessagePage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useFormat } from './format';
import { Panel } from './panel';

/** How many messages went to an organisation and how many wait for a person, and the way to them; for those who may see the outbox. */
export function MessagesOf({ organisation }: { organisation: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const allowed = useMay()('messages.read');
  const { data } = useQuery({ queryKey: ['/messages', 'of', organisation], queryFn: ({ signal }) => read<MessagePage>('/messages', { organisation, limit: 1 }, signal), enabled: allowed });
  if (!allowed || data === undefined) return null;
  const { held = 0, failed = 0, bounced = 0 } = data.states;
  return (
    <Panel title={t('nav.outbox')}>
      <p>{data.total === 0 ? t('messages.of_none') : t('messages.of', { count: held + failed + bounced, n: format.number(held + failed + bounced) })}</p>
      {data.total > 0 && <Link to={paths.messages({ organisation })}>{t('messages.all_of', { count: data.total, n: format.number(data.total) })}</Link>}
    </Panel>
  );
}
