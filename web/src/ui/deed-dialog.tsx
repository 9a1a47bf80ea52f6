import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';
import { Failure } from './failure';

interface DeedDialogProps {
  title: string;
  /** What is said on the button that does it. */
  deed: string;
  /** `grave` where something is destroyed. */
  tone: 'grave' | 'plain';
  doing: { error: Error | null; isPending: boolean };
  onDo: () => void;
  onClose: () => void;
  /** Whether what must be told first was told; absent where nothing must. */
  told?: boolean;
  /** What happens then, and what is asked first. */
  children: ReactNode;
}

/** Says what a deed does before it does it; what is refused is said here, too. */
export function DeedDialog({ title, deed, tone, doing: { error, isPending }, onDo, onClose, told, children }: DeedDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error !== null && <Failure error={error} />}
      <div className="k-form-end">
        <Button {...(tone === 'grave' ? { color: 'red.9' } : {})} loading={isPending} disabled={told === false} onClick={onDo}>
          {deed}
        </Button>
        <Button variant="default" onClick={onClose} data-autofocus={told === undefined || undefined}>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
