import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Puts a text into the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 3000 });
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <>
      <Button variant="default" leftSection={<Icon size={14} aria-hidden />} onClick={() => copy(text)}>
        {copied ? t('action.copied') : (label ?? t('action.copy'))}
      </Button>
      <span className="k-unseen" role="status">
        {copied && t('action.copied')}
      </span>
    </>
  );
}
