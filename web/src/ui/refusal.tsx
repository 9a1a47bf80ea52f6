import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '@/contract/problem';
import { Failure } from './failure';

/** Above the fields of a form: what the server refused; where somebody changed the record meanwhile, the way to what it is now. */
export function Refusal({ error, onRenew }: { error: Error; onRenew: () => void }) {
  const { t } = useTranslation();
  const renew = (
    <Button variant="default" mt="xs" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRenew}>
      {t('organisation.renew')}
    </Button>
  );
  return <Failure error={error} action={failureOf(error) === 'stale' ? renew : undefined} />;
}
