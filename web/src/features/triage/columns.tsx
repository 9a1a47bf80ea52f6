import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { IncidentReference, Report } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { IncidentName } from '@/ui/incident-name';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';
import { StateMark, Why } from './marks';

/** What the panel tells too. */
export const besidePanel: readonly string[] = ['incident', 'channel', 'tlp', 'language', 'state'];

/** `queue`: one line a group, with how many of it wait; else one a report, with what became of it. `ledTo`: incidents by group. */
export const reportColumns = (t: TFunction, format: Format, queue: boolean, ledTo: ReadonlyMap<string, IncidentReference>): ColumnDef<Report>[] => {
  const group: ColumnDef<Report> = {
    id: 'group',
    header: t('triage.group'),
    cell: ({ row: { original: report } }) => (
      <>
        <span className="k-report-count">{t('triage.wait', { count: report.waiting_in_group, n: format.number(report.waiting_in_group) })}</span>
        <span className="k-cell-two">
          <span className="k-report-why">
            <Why report={report} />
          </span>
        </span>
      </>
    ),
  };
  const state: ColumnDef<Report> = { id: 'state', header: t('field.state'), cell: ({ row }) => <StateMark state={row.original.state} /> };
  return [
    {
      id: 'subject',
      header: t('triage.one'),
      meta: { narrow: 'title', fixed: true },
      cell: ({ row: { original: report } }) => (
        <>
          <Link to={paths.report(report.id)} className="k-strong-link" lang={report.language ?? ''} translate={report.subject === null ? undefined : 'no'}>
            {report.subject ?? t('triage.no_subject')}
          </Link>
          <span className="k-cell-two">
            <span className="k-report-excerpt" lang={report.language ?? ''} translate="no">
              {report.excerpt}
            </span>
          </span>
        </>
      ),
    },
    queue ? group : state,
    {
      id: 'incident',
      header: t('incidents.one'),
      cell: ({ row: { original: report } }) => {
        const incident = report.incident ?? (queue ? ledTo.get(report.group) : undefined);
        return incident === undefined ? <span className="k-faint">–</span> : <IncidentName of={incident} />;
      },
    },
    { id: 'channel', header: t('report_field.channel'), cell: ({ row }) => t(`report_channel.${row.original.channel}`) },
    { id: 'tlp', header: t('field.tlp'), cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
    { id: 'language', header: t('contact.language'), cell: ({ row: { original } }) => (original.language === null ? <span className="k-faint">–</span> : t(`language.${original.language}`)) },
    { id: 'received', header: t('report_field.received_at'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.received_at} as="ago" /> },
  ];
};

export const reportsCsv: readonly CsvColumn<Report>[] = [
  ['id', (r) => r.id],
  ['state', (r) => r.state],
  ['channel', (r) => r.channel],
  ['subject', (r) => r.subject],
  ['excerpt', (r) => r.excerpt],
  ['organisation', (r) => r.organisation?.name ?? null],
  ['language', (r) => r.language],
  ['tlp', (r) => r.tlp],
  ['pap', (r) => r.pap],
  ['received_at', (r) => r.received_at],
  ['group', (r) => r.group],
  ['grouped_by', (r) => r.grouped_by],
  ['shared', (r) => r.shared],
  ['waiting_in_group', (r) => r.waiting_in_group],
  ['incident', (r) => r.incident?.number ?? null],
  ['passed_to', (r) => r.passed_to],
  ['reason', (r) => r.reason],
  ['decided_at', (r) => r.decided_at],
  ['decided_by', (r) => r.decided_by],
];
