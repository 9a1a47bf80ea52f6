import './saved-views.css';
import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useSession } from '@/contract/use-session';
import { say } from './toast';
import { dropView, mostViews, saveView, useViews, type View } from './views-store';

/** What belongs to the moment and not to the filter. */
const passing = ['open'];

/** The filters that a person saved for a list, by name. */
export function SavedViews({ list }: { list: string }) {
  const { t } = useTranslation();
  const person = useSession()?.user.id ?? '';
  const views = useViews(person, list);
  const [parameters, setParameters] = useSearchParams();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const present = new URLSearchParams(parameters);
  for (const name of passing) present.delete(name);
  present.sort();
  const query = present.toString();
  const name = typed.trim();
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name === '') return;
    saveView(person, list, { name, query });
    setTyped('');
    say(t('views.saved', { name }));
  };
  const drop = (view: View) => {
    dropView(person, list, view.name);
    say(t('views.dropped', { name: view.name }), 'good', { text: t('action.undo'), run: () => saveView(person, list, view) });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus width={300}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden />} onClick={() => setOpened(!opened)}>
          {views.find((view) => view.query === query)?.name ?? t('views.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.title')}>
        {views.length > 0 && (
          <ul className="k-views">
            {views.map((view) => (
              <li key={view.name}>
                <button
                  type="button"
                  aria-current={view.query === query || undefined}
                  onClick={() => {
                    setParameters(new URLSearchParams(view.query));
                    setOpened(false);
                  }}
                >
                  {view.name}
                </button>
                <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('views.drop', { name: view.name })} onClick={() => drop(view)}>
                  <IconX size={15} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <form className="k-views-form" onSubmit={save}>
          <TextInput size="xs" label={t('views.name')} description={t('views.text')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} maxLength={60} autoComplete="off" data-autofocus />
          <Button type="submit" disabled={name === '' || (views.length >= mostViews && views.every((view) => view.name !== name))}>
            {t('views.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
