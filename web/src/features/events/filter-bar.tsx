import { Button, Popover, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventFilter } from '@/contract/paths';
import { Chip } from '@/ui/chip';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';
import { OrganisationLink } from '@/ui/organisation-link';
import { SearchField } from '@/ui/search-field';
import { chipNames, eventWindows, usualWindow, windowOf, type ChipName, type EventWindow } from './filter';
import { Severity } from './severity';

type Change = (change: Partial<Record<keyof EventFilter, string | undefined>>) => void;

/** What one types, each with an example: standard words, the same in every language. */
const examples = {
  address: '192.0.2.0/24',
  domain: 'bank.example',
  port: '53',
  asn: '64500',
  country: 'NL',
  type: 'phishing',
  class: 'fraud',
  severity: 'high',
  malware: 'mirai',
  identifier: 'open-dns',
  tag: 'open-resolver',
  feed: 'shadowserver',
} as const;
type Typed = keyof typeof examples;
const typed = Object.keys(examples) as Typed[];
const ofTheTeam: readonly string[] = ['feed'];

/** Adds one filter by its kind and value. */
function AddFilter({ change, team }: { change: Change; team: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<Typed>('address');
  const [value, setValue] = useState('');
  const numeric = name === 'port' || name === 'asn';
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const text = name === 'country' ? value.trim().toUpperCase() : name === 'asn' ? value.trim().replace(/^as/i, '') : value.trim();
    if (text === '') return;
    change({ [name]: text });
    setValue('');
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus width={300}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpened(!opened)}>
          {t('filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.add')}>
        <form className="k-event-add" onSubmit={add}>
          <Select
            label={t('filter.what')}
            data={typed.filter((each) => team || !ofTheTeam.includes(each)).map((each) => ({ value: each, label: t(`event.by_${each}`) }))}
            value={name}
            onChange={(next) => setName(next ?? 'address')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput label={t('filter.value')} value={value} onChange={(event) => setValue(event.currentTarget.value)} placeholder={examples[name]} inputMode={numeric ? 'numeric' : 'text'} autoComplete="off" spellCheck={false} data-autofocus />
          <Button type="submit" size="sm" disabled={value.trim() === ''}>
            {t('filter.add')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function ChipValue({ name, value }: { name: ChipName; value: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  switch (name) {
    case 'organisation':
      return value === 'none' ? t('filter.no_organisation') : <OrganisationLink id={value} />;
    case 'class':
      return classified(value, null);
    case 'type':
      return classified(null, value);
    case 'country':
      return format.country(value);
    case 'severity':
      return <Severity value={value} />;
    case 'asn':
      return `AS${value}`;
    default:
      return <span className="k-address">{value}</span>;
  }
}

/** What the list is narrowed to, each part in words and removable. */
export function FilterBar({ filter, change, team }: { filter: EventFilter; change: Change; team: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const window = windowOf(filter);
  const momentText = (at = '…') => (Number.isNaN(Date.parse(at)) ? at : format.dayAndTime(at));
  const dropAll = Object.fromEntries([...chipNames, 'from', 'to', 'search'].map((name) => [name, undefined]));
  const chips = chipNames.filter((name) => filter[name] !== undefined);
  return (
    <div className="k-filters k-no-print">
      <SegmentedControl
        size="xs"
        aria-label={t('window.label')}
        value={window ?? ''}
        onChange={(next) => change({ window: next === usualWindow ? undefined : next, from: undefined, to: undefined })}
        data={eventWindows.map((each: EventWindow) => ({ value: each, label: each === 'all' ? t('events.all_kept') : t(`window.short_${each}`) }))}
      />
      {team && <SearchField label={t('events.search')} value={filter.search} onSearch={(text) => change({ search: text === '' ? undefined : text })} />}
      <AddFilter change={change} team={team} />
      {(chips.length > 0 || window === null) && (
        <ul className="k-chips" aria-label={t('filter.active')}>
          {window === null && (
            <Chip name={t('field.time')} onDrop={() => change({ from: undefined, to: undefined })}>
              {momentText(filter.from)} – {momentText(filter.to)}
            </Chip>
          )}
          {chips.map((name) => (
            <Chip key={name} name={t(`event.by_${name}`)} onDrop={() => change({ [name]: undefined })}>
              <ChipValue name={name} value={filter[name] ?? ''} />
            </Chip>
          ))}
          <li>
            <Button variant="subtle" color="gray" onClick={() => change(dropAll)}>
              {t('filter.drop_all')}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
