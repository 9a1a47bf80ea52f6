import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upkeep } from '@/contract/types';
import { DataTable } from '@/ui/data-table';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';

type AddressTable = Upkeep['tables'][number];
const idOf = (table: AddressTable) => table.kind;

/** The tables of AS numbers and countries that are in use, and newer files of them that are not. */
export function TablesPanel({ tables }: { tables: AddressTable[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<ColumnDef<AddressTable>[]>(
    () => [
      { id: 'kind', header: t('field.name'), meta: { narrow: 'title' }, cell: ({ row }) => t(`upkeep.table_${row.original.kind}`) },
      { id: 'format', header: t('upkeep.format'), cell: ({ row }) => t(`upkeep.table_format_${row.original.format}`) },
      { id: 'version', header: t('upkeep.list_version'), cell: ({ row }) => <span className="k-address" translate="no">{row.original.version}</span> },
      { id: 'entries', header: t('upkeep.list_entries'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.entries) },
      { id: 'skipped', header: t('upkeep.skipped'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.skipped) },
      { id: 'read_at', header: t('upkeep.read_at'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.read_at} /> },
    ],
    [t, format],
  );
  return (
    <Panel title={t('upkeep.tables')} note={t('upkeep.tables_note')} flush={tables.length > 0}>
      {tables.length === 0 ? <p className="k-faint">{t('upkeep.no_tables')}</p> : <DataTable label={t('upkeep.tables')} columns={columns} rows={tables} id={idOf} />}
      {tables.map(
        ({ kind, refused }) =>
          refused !== null && (
            <div key={kind} className="k-panel-body">
              <p className="k-warning">
                <span className="k-strong">{t(`upkeep.table_${kind}`)}</span>: {t('upkeep.table_refused', { at: format.dayAndTime(refused.at) })}
              </p>
              <p lang="en" translate="no">
                {refused.reason}
              </p>
            </div>
          ),
      )}
    </Panel>
  );
}
