import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ContractError, mayHelpToRetry } from '@/contract/problem';

const kindOf = (error: unknown) => (error instanceof ContractError ? error.failure : 'unreachable');

/** What happened, whether anything was lost, what to do. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const detail = error instanceof Error ? error.message : '';
  return (
    <div className="k-failure" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className="k-failure-title">{t(`failure.${kind}.title`)}</p>
        <p>{t(`failure.${kind}.text`)}</p>
        {detail !== '' && kind !== 'unreachable' && (
          <p className="k-failure-detail" lang="en" translate="no">
            {detail}
          </p>
        )}
        {retry !== undefined && mayHelpToRetry(error) && (
          <Button size="xs" variant="default" mt="xs" leftSection={<IconRefresh size={14} aria-hidden />} onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
