import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { windows, type Window } from './window';

/** How far back one looks. */
export function WindowChoice({ value, onChange }: { value: Window | null; onChange: (window: Window) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('window.label')}
      value={value ?? ''}
      onChange={(next) => onChange(next as Window)}
      data={windows.map((window) => ({ value: window, label: t(`window.short_${window}`) }))}
    />
  );
}
