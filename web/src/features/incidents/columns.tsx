import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Incident } from '@/contract/types';
import { Classification } from '@/ui/classification';
import type { CsvColumn } from '@/ui/csv';
import { Moment } from '@/ui/moment';
import { SectorNames } from '@/ui/sector-names';
import { SeverityMark } from '@/ui/severity-mark';
import { TlpBadge } from '@/ui/tlp-badge';
import { LeadName, StateMark } from './marks';

/** What the panel tells too. */
export const besidePanel: readonly string[] = ['class', 'tlp', 'sectors', 'opened', 'changed'];

export const incidentColumns = (t: TFunction): ColumnDef<Incident>[] => [
  {
    id: 'title',
    header: t('incidents.one'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original: incident } }) => (
      <>
        <Link to={paths.incident(incident.id)} className="k-strong-link" translate="no">
          {incident.title}
        </Link>
        <span className="k-cell-two">{incident.number}</span>
      </>
    ),
  },
  { id: 'class', header: t('field.type'), cell: ({ row }) => <Classification of={row.original} /> },
  { id: 'severity', header: t('incident_field.severity'), meta: { sort: 'severity' }, cell: ({ row }) => <SeverityMark severity={row.original.severity} /> },
  { id: 'state', header: t('field.state'), cell: ({ row: { original } }) => <StateMark state={original.state} merged={original.merged_into !== null} /> },
  { id: 'tlp', header: t('field.tlp'), cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
  { id: 'lead', header: t('incident_field.lead'), cell: ({ row }) => <LeadName lead={row.original.lead} /> },
  { id: 'sectors', header: t('incident_field.sectors'), cell: ({ row }) => <SectorNames ids={row.original.sectors} /> },
  { id: 'opened', header: t('incidents.opened'), meta: { align: 'end', sort: 'opened_at' }, cell: ({ row }) => <Moment at={row.original.opened_at} as="ago" /> },
  { id: 'changed', header: t('field.changed'), meta: { align: 'end', sort: 'changed_at' }, cell: ({ row }) => <Moment at={row.original.changed_at} as="ago" /> },
];

export const incidentsCsv: readonly CsvColumn<Incident>[] = [
  ['id', (i) => i.id],
  ['number', (i) => i.number],
  ['title', (i) => i.title],
  ['class', (i) => i.class],
  ['type', (i) => i.type],
  ['severity', (i) => i.severity],
  ['state', (i) => i.state],
  ['state_since', (i) => i.state_since],
  ['tlp', (i) => i.tlp],
  ['pap', (i) => i.pap],
  ['lead', (i) => i.lead?.full_name ?? null],
  ['cross_border', (i) => String(i.cross_border)],
  ['sectors', (i) => i.sectors.join(' ')],
  ['services', (i) => i.services.join('; ')],
  ['tags', (i) => i.tags.join('; ')],
  ['techniques', (i) => i.techniques.join(' ')],
  ['happened_at', (i) => i.happened_at],
  ['detected_at', (i) => i.detected_at],
  ['merged_into', (i) => i.merged_into?.number ?? null],
  ['opened_at', (i) => i.opened_at],
  ['opened_by', (i) => i.opened_by],
  ['changed_at', (i) => i.changed_at],
];
