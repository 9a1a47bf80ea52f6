import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';

interface LoadMoreProps {
  shown: number;
  /** Where it is known. */
  total: number | undefined;
  more: boolean;
  loading: boolean;
  onMore: () => void;
}

/** How much of the whole is shown, and the way to more. */
export function LoadMore({ shown, total, more, loading, onMore }: LoadMoreProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="k-load-more">
      <span aria-live="polite">{total === undefined ? t('list.shown_so_far', { n: format.number(shown) }) : t('list.shown', { shown: format.number(shown), total: format.number(total) })}</span>
      {more && (
        <Button variant="default" size="xs" loading={loading} onClick={onMore}>
          {t('action.more')}
        </Button>
      )}
    </div>
  );
}
