import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { MessagePage } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { TableSkeleton } from '@/ui/table-skeleton';

const most = 10;

/** The messages by which somebody was told of a finding, the newest first, each with its way into the outbox. */
export function ToldBy({ finding }: { finding: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: ['/messages', { finding }], queryFn: ({ signal }) => read<MessagePage>('/messages', { finding, limit: most }, signal) });
  if (data === undefined) return error === null ? <TableSkeleton rows={2} /> : <Failure error={error} retry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="k-faint">{t('findings.told_by_none')}</p>;
  return (
    <ul className="k-finding-lines">
      {data.items.map(({ id, subject, contact, address, state, written_at: at }) => (
        <li key={id}>
          <Link to={paths.message(id)}>{subject}</Link>
          <span className="k-cell-two">
            {t(`message_state.${state}`)} · {contact} · <span className="k-address">{address}</span> · <Moment at={at} as="ago" />
          </span>
        </li>
      ))}
    </ul>
  );
}
