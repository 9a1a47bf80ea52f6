import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface SendingProps {
  sends: boolean;
  /** Absent for those who may not change it. */
  onChange?: (sends: boolean) => void;
}

/** Whether messages leave by themselves, or the rules only show what they would send. */
export function Sending({ sends, onChange }: SendingProps) {
  const { t } = useTranslation();
  return (
    <section className="k-sending" data-sends={sends}>
      {onChange === undefined ? (
        <p>
          <strong>{t(sends ? 'routing.sends' : 'routing.sends_not')}</strong> {t(sends ? 'routing.sends_note' : 'routing.sends_not_note')}
        </p>
      ) : (
        <Checkbox label={t('routing.sends')} description={t(sends ? 'routing.sends_note' : 'routing.sends_not_note')} checked={sends} onChange={(event) => onChange(event.currentTarget.checked)} />
      )}
    </section>
  );
}
