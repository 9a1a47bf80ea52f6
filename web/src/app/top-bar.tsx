import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsDemo } from '@/contract/use-demo';
import { useMay } from '@/contract/use-session';
import { useStreamState } from '@/contract/use-stream';
import { LanguageChoice } from './language-choice';
import { openPalette } from './palette-store';
import { SettingsMenu } from './settings-menu';
import { UserMenu } from './user-menu';

function LiveMark() {
  const { t } = useTranslation();
  const state = useStreamState();
  return (
    <Tooltip label={t(`live.${state}_text`)}>
      <span className="k-live" data-state={state} role="status">
        <span className="k-live-dot" aria-hidden />
        <span className="k-live-text">{t(`live.${state}`)}</span>
      </span>
    </Tooltip>
  );
}

/** Search over everything, whether what one sees is live, language and settings. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useTranslation();
  const demo = useIsDemo();
  const may = useMay();
  return (
    <header className="k-top k-no-print">
      <ActionIcon className="k-top-menu" variant="subtle" color="gray" size="lg" aria-label={t('frame.menu')} onClick={onMenu}>
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <UnstyledButton className="k-search" onClick={openPalette} aria-label={t('search.invite')} aria-keyshortcuts="/ Control+K">
        <IconSearch size={16} aria-hidden />
        <span className="k-search-text" aria-hidden>{t('search.invite')}</span>
        <Kbd size="xs" aria-hidden>/</Kbd>
      </UnstyledButton>
      <div className="k-top-end">
        {demo && (
          <Tooltip label={t('demo.text')}>
            <span className="k-demo">{t('demo.mark')}</span>
          </Tooltip>
        )}
        {may('status.read') && <LiveMark />}
        <LanguageChoice />
        <SettingsMenu />
        <UserMenu />
      </div>
    </header>
  );
}
