import { useTranslation } from 'react-i18next';
import type { QuarantinedRow, QuarantinePage } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { LoadMore } from '@/ui/load-more';
import { Reason } from '@/ui/reason';
import { usePages } from '@/ui/use-pages';

function Row({ row }: { row: QuarantinedRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <p className="k-set-aside-why">
        <span className="k-faint">{row.line === null ? t('delivery.row', { n: format.number(row.row) }) : t('delivery.line', { n: format.number(row.line) })}</span>
        <span>
          <Reason text={row.reason} ofFile />
        </span>
      </p>
      <code className="k-set-aside-raw" translate="no">
        {row.raw}
        {row.cut && ' …'}
      </code>
    </li>
  );
}

/** The rows that could not be understood, each with its bytes and why. */
export function QuarantinedRows({ id, total }: { id: string; total: number }) {
  const { t } = useTranslation();
  const pages = usePages<QuarantinedRow, QuarantinePage>(`/deliveries/${id}/quarantine`, {}, 20);
  if (total === 0) return <p className="k-faint">{t('delivery.none_set_aside')}</p>;
  return (
    <>
      <ol className="k-set-aside">
        {pages.rows.map((row) => (
          <Row key={row.row} row={row} />
        ))}
      </ol>
      <LoadMore shown={pages.rows.length} total={total} more={pages.hasNextPage} loading={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
    </>
  );
}
