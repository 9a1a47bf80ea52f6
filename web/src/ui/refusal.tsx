import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '@/contract/problem';
import { Failure } from './failure';
import type { LabelGroup } from './field-name';

interface RefusalProps {
  error: Error;
  /** The faulty fields where the form counts its lines otherwise than the server was sent them. */
  fields?: ReadonlyMap<string, string>;
  /** The form's own labels. */
  labels?: LabelGroup;
  onRenew: () => void;
}

/** Above the fields of a form: what the server refused; where somebody changed the record meanwhile, the way to what it is now. */
export function Refusal({ error, fields, labels, onRenew }: RefusalProps) {
  const { t } = useTranslation();
  const renew = (
    <Button variant="default" mt="xs" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRenew}>
      {t('organisation.renew')}
    </Button>
  );
  return <Failure error={error} fields={fields} labels={labels} action={failureOf(error) === 'stale' ? renew : undefined} />;
}
