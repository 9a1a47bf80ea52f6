import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './use-focus-back';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** Of the dialog, in px. */
  size?: number;
}

/** What is laid over a page until it is answered. The focus goes in, to what bears `data-autofocus`, and back again. */
export function Dialog({ title, onClose, children, size = 460 }: DialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal.Root opened onClose={onClose} centered size={size}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="k-dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('action.close')} />
        </div>
        <Modal.Body className="k-stack">{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
