import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What the contract takes, as it goes over the line. */
const longest = 1000;
const fits = (text: string) => encodeURIComponent(text).length <= longest;

/** Why something is done, for the trail; nobody must say it. */
export function WhyField({ value, onChange }: { value: string; onChange: (why: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('why.label')}
      description={t('why.note')}
      value={value}
      autosize
      minRows={2}
      maxRows={5}
      onChange={(event) => fits(event.currentTarget.value) && onChange(event.currentTarget.value)}
    />
  );
}
