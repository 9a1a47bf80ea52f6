import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SideDrawerProps {
  opened: boolean;
  onClose: () => void;
  side: 'left' | 'right';
  size: number | string;
  title: ReactNode;
  children: ReactNode;
}

/** What slides in from a side; closed by Escape, by its cross, or by a click beside it. */
export function SideDrawer({ opened, onClose, side, size, title, children }: SideDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position={side} size={size}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="k-dialog-head">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('action.close')} />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
