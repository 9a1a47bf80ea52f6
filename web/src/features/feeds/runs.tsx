import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedRun } from '@/contract/types';
import { DataTable } from '@/ui/data-table';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';

const tones: Readonly<Record<FeedRun['outcome'], string>> = { delivered: 'good', nothing_new: 'neutral', refused: 'warn', failed: 'bad' };
/** Attempts are told in order, and never change. */
const idOf = (run: FeedRun) => `${run.at} ${run.outcome} ${run.rows}`;

/** The latest attempts and what came of them. */
export function Runs({ runs }: { runs: readonly FeedRun[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const columns = useMemo<ColumnDef<FeedRun>[]>(
    () => [
      { id: 'at', header: t('field.time'), meta: { narrow: 'title', fixed: true }, cell: ({ row }) => <Moment at={row.original.at} /> },
      {
        id: 'outcome',
        header: t('feeds.outcome'),
        cell: ({ row: { original } }) => (
          <>
            <span className="k-mark" data-tone={tones[original.outcome]}>
              {t(`feed_outcome.${original.outcome}`)}
            </span>
            {original.fault !== null && (
              <span className="k-cell-two">
                <Reason text={original.fault} ofFile />
              </span>
            )}
          </>
        ),
      },
      { id: 'rows', header: t('feeds.rows'), meta: { align: 'end' }, cell: ({ row }) => number(row.original.rows) },
      { id: 'accepted', header: t('feeds.accepted'), meta: { align: 'end' }, cell: ({ row }) => number(row.original.accepted) },
      { id: 'quarantined', header: t('feeds.quarantined'), meta: { align: 'end' }, cell: ({ row }) => number(row.original.quarantined) },
    ],
    [t, number],
  );
  return (
    <Panel title={t('feeds.runs')} note={t('feeds.runs_note')} flush={runs.length > 0}>
      {runs.length === 0 ? <p className="k-faint">{t('feeds.runs_none')}</p> : <DataTable label={t('feeds.runs')} columns={columns} rows={runs} id={idOf} />}
    </Panel>
  );
}
