import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import { momentOf, wallClock } from './zoned';

interface MomentFieldProps {
  label: string;
  /** ISO 8601. */
  value: string | null;
  onChange: (moment: string | null) => void;
  error?: ReactNode;
}

/** A date and time as the reader's clocks show it, with the zone they are in. */
export function MomentField({ label, value, onChange, error }: MomentFieldProps) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={t('frame.zone', { zone: zone.replaceAll('_', ' ') })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={wallClock(value, zone)}
      error={error}
      onChange={(event) => onChange(momentOf(event.currentTarget.value, zone))}
    />
  );
}
