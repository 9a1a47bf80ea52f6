import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { MessageSummary } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';
import { StateMark } from './message-story';

export const initiallyHidden: readonly string[] = ['attempts', 'written_by'];
/** What the panel tells too. */
export const besidePanel: readonly string[] = ['organisation', 'tlp', 'ticket', 'attempts', 'written_by'];

export const messageColumns = (t: TFunction, format: Format): ColumnDef<MessageSummary>[] => [
  {
    id: 'subject',
    header: t('message_field.subject'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <>
        <Link to={paths.message(original.id)} className="k-strong-link k-message-subject" translate="no">
          {original.subject}
        </Link>
        <span className="k-cell-two k-message-subject">
          {original.channel === 'webhook' ? t('webhook.title') : original.contact} · {original.address}
        </span>
      </>
    ),
  },
  {
    id: 'organisation',
    header: t('field.organisation'),
    cell: ({ row: { original } }) => (original.organisation === null ? <span className="k-faint">{t('messages.organisation_gone')}</span> : <Link to={paths.organisation(original.organisation.id)}>{original.organisation.name}</Link>),
  },
  {
    id: 'state',
    header: t('field.state'),
    cell: ({ row: { original } }) => (
      <>
        <StateMark state={original.state} />
        {original.reason !== null && <span className="k-cell-two">{t(`message_short.${original.reason}`, { defaultValue: original.reason })}</span>}
      </>
    ),
  },
  { id: 'tlp', header: t('field.tlp'), cell: ({ row }) => <TlpBadge tlp={row.original.tlp} /> },
  { id: 'ticket', header: t('messages.ticket'), cell: ({ row }) => <span className="k-address">{row.original.ticket}</span> },
  { id: 'attempts', header: t('messages.attempts'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.attempts) },
  { id: 'written_by', header: t('messages.written_by'), cell: ({ row }) => row.original.written_by ?? t('actor.system') },
  { id: 'written', header: t('messages.written'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.written_at} as="ago" /> },
];

export const messagesCsv: readonly CsvColumn<MessageSummary>[] = [
  ['id', (m) => m.id],
  ['ticket', (m) => m.ticket],
  ['channel', (m) => m.channel],
  ['organisation', (m) => m.organisation?.name ?? null],
  ['contact', (m) => m.contact],
  ['role', (m) => m.role],
  ['address', (m) => m.address],
  ['subject', (m) => m.subject],
  ['tlp', (m) => m.tlp],
  ['pap', (m) => m.pap],
  ['state', (m) => m.state],
  ['reason', (m) => m.reason],
  ['attempts', (m) => m.attempts],
  ['repeats', (m) => m.repeats],
  ['written_at', (m) => m.written_at],
  ['written_by', (m) => m.written_by],
  ['sent_at', (m) => m.sent_at],
  ['expires_at', (m) => m.expires_at],
  ['answer', (m) => m.answer],
];
