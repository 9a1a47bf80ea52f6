import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Lines where lines will be. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="k-table-skeleton" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={14} radius="sm" width={`${92 - ((index * 17) % 30)}%`} />
      ))}
    </div>
  );
}
