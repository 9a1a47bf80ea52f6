import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Finding } from '@/contract/types';
import { Classification } from '@/ui/classification';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { SeverityMark } from '@/ui/severity-mark';
import { ExploitedMark, StateMark } from './marks';

export const initiallyHidden: readonly string[] = ['source', 'due'];
/** What the panel tells too. */
export const besidePanel: readonly string[] = ['organisation', 'events', 'source', 'due', 'opened'];

export const findingColumns = (t: TFunction, format: Format): ColumnDef<Finding>[] => [
  {
    id: 'place',
    header: t('findings.place'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original: finding } }) => (
      <>
        <Link to={paths.finding(finding.id)} className="k-address k-strong-link">
          {finding.place}
          {finding.port !== null && `:${finding.port}`}
        </Link>
        <span className="k-cell-two">{finding.problem ?? '–'}</span>
      </>
    ),
  },
  { id: 'class', header: t('field.class'), cell: ({ row }) => <Classification of={row.original} /> },
  { id: 'severity', header: t('findings.severity'), meta: { sort: 'severity' }, cell: ({ row: { original } }) => (
    <>
      <SeverityMark severity={original.severity} />
      {original.exploited !== null && <span className="k-cell-two"><ExploitedMark exploited={original.exploited} /></span>}
    </>
  ) },
  { id: 'state', header: t('field.state'), cell: ({ row }) => <StateMark finding={row.original} /> },
  {
    id: 'organisation',
    header: t('field.organisation'),
    cell: ({ row: { original } }) => (original.organisation === null ? <span className="k-faint">{t('filter.no_organisation')}</span> : <Link to={paths.organisation(original.organisation.id)}>{original.organisation.name}</Link>),
  },
  { id: 'events', header: t('findings.events'), meta: { align: 'end', sort: 'events' }, cell: ({ row }) => format.number(row.original.events) },
  { id: 'source', header: t('field.source'), cell: ({ row }) => <span className="k-cut k-cut-short">{row.original.source}</span> },
  { id: 'opened', header: t('findings.opened'), meta: { align: 'end', sort: 'opened_at' }, cell: ({ row }) => <Moment at={row.original.opened_at} as="ago" /> },
  { id: 'due', header: t('findings.due'), meta: { align: 'end', sort: 'due_at' }, cell: ({ row }) => <Moment at={row.original.due_at} as="day" /> },
  { id: 'last', header: t('field.last'), meta: { align: 'end', sort: 'last_seen' }, cell: ({ row }) => <Moment at={row.original.last_seen} as="ago" /> },
];

export const findingsCsv: readonly CsvColumn<Finding>[] = [
  ['id', (f) => f.id],
  ['place', (f) => f.place],
  ['port', (f) => f.port],
  ['transport', (f) => f.transport],
  ['class', (f) => f.class],
  ['type', (f) => f.type],
  ['problem', (f) => f.problem],
  ['severity', (f) => f.severity],
  ['vulnerabilities', (f) => f.vulnerabilities.join(' ')],
  ['exploited', (f) => f.exploited?.vulnerability ?? null],
  ['epss', (f) => f.likelihood?.score ?? null],
  ['state', (f) => f.state],
  ['organisation', (f) => f.organisation?.name ?? null],
  ['sector', (f) => f.sector],
  ['first_seen', (f) => f.first_seen],
  ['last_seen', (f) => f.last_seen],
  ['events', (f) => f.events],
  ['relapses', (f) => f.relapses],
  ['opened_at', (f) => f.opened_at],
  ['due_at', (f) => f.due_at],
  ['tlp', (f) => f.tlp],
];
