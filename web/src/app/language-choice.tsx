import { Button, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import { useStanding } from '@/contract/use-session';
import { languageNames, languages, speak, type Language } from './i18n';

/** The languages, each by its own name. Who is signed in is also written to in the one that they choose. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const present = i18n.resolvedLanguage as Language;
  const isInside = useStanding().is === 'in';
  const choose = (language: Language) => {
    void speak(language);
    // What is read here has changed already; a server that cannot be reached just now must not stop that.
    if (isInside) void write('PUT', '/account/language', { body: { language } }).catch(() => undefined);
  };
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} shadow="md" width={180}>
      <Menu.Target>
        <Button variant="subtle" color="gray" px={8} className="k-top-button" leftSection={<IconLanguage size={17} stroke={1.7} aria-hidden />} aria-label={`${present.toUpperCase()} · ${t('frame.language', { name: languageNames[present] })}`}>
          {present.toUpperCase()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item key={language} lang={language} onClick={() => choose(language)} rightSection={language === present ? <IconCheck size={15} aria-hidden /> : undefined} aria-current={language === present || undefined}>
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
