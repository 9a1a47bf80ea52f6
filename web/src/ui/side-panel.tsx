import './side-panel.css';
import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SideDrawer } from './side-drawer';
import { useFocusBack } from './use-focus-back';

interface SidePanelProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** One record beside its list: no page change to look at the next. A drawer where there is no room. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation();
  useFocusBack();
  const wide = useMediaQuery('(min-width: 1240px)', true, { getInitialValueInEffect: false });
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && document.querySelector('[role=dialog], [role=menu]') === null && onClose();
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [onClose]);
  if (!wide) {
    return (
      <SideDrawer opened onClose={onClose} side="right" size="min(440px, 100%)" title={title}>
        {children}
      </SideDrawer>
    );
  }
  return (
    <aside className="k-side" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('action.close')} onClick={onClose}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </header>
      {children}
    </aside>
  );
}
