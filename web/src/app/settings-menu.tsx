import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconAdjustments, IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { prefer, usePreferences, type Zone } from '@/ui/preferences';

const schemes: readonly { value: MantineColorScheme; icon: typeof IconSun; key: string }[] = [
  { value: 'auto', icon: IconDeviceDesktop, key: 'settings.theme_auto' },
  { value: 'light', icon: IconSun, key: 'settings.theme_light' },
  { value: 'dark', icon: IconMoon, key: 'settings.theme_dark' },
];

const zones: readonly { value: Zone; key: string }[] = [
  { value: 'Europe/Skopje', key: 'settings.zone_home' },
  { value: 'browser', key: 'settings.zone_browser' },
  { value: 'UTC', key: 'settings.zone_utc' },
];

const tick = (on: boolean) => (on ? <IconCheck size={15} aria-hidden /> : undefined);

/** Appearance and time zone, kept at this browser. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { zone } = usePreferences();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} className="k-top-button" aria-label={t('settings.title')}>
          <IconAdjustments size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('settings.theme')}</Menu.Label>
        {schemes.map(({ value, icon: Icon, key }) => (
          <Menu.Item key={value} leftSection={<Icon size={16} stroke={1.7} aria-hidden />} rightSection={tick(colorScheme === value)} aria-current={colorScheme === value || undefined} onClick={() => setColorScheme(value)}>
            {t(key)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('settings.zone')}</Menu.Label>
        {zones.map(({ value, key }) => (
          <Menu.Item key={value} rightSection={tick(zone === value)} aria-current={zone === value || undefined} onClick={() => prefer({ zone: value })}>
            {t(key)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
