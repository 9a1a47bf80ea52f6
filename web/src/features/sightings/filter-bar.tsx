import { Button, Popover, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SightingFilter } from '@/contract/paths';
import type { Direction } from '@/contract/types';
import { Chip } from '@/ui/chip';
import { DirectionChoice } from '@/ui/direction-choice';
import { useFormat } from '@/ui/format';
import { SectorChoice } from '@/ui/sector-choice';
import { protocolName, serviceName } from '@/ui/services';
import { WindowChoice } from '@/ui/window-choice';
import { chipNames, isTime, windowOf, type ChipName } from './filter';
import { OrganisationName } from './organisation-name';

type Change = (change: Partial<Record<keyof SightingFilter, string | undefined>>) => void;

const typed = ['address', 'indicator', 'port', 'protocol', 'country', 'national_address', 'foreign_address'] as const;

/** Adds one filter by its kind and value. */
function AddFilter({ change }: { change: Change }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<(typeof typed)[number]>('address');
  const [value, setValue] = useState('');
  const numeric = name === 'port' || name === 'protocol';
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const text = name === 'country' ? value.trim().toUpperCase() : value.trim();
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
        <form className="k-add-filter" onSubmit={add}>
          <Select
            label={t('filter.what')}
            data={typed.map((each) => ({ value: each, label: t(`field.${each}`) }))}
            value={name}
            onChange={(next) => setName((next) ?? 'address')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput label={t('filter.value')} value={value} onChange={(event) => setValue(event.currentTarget.value)} placeholder={t(`filter.example_${name}`)} inputMode={numeric ? 'numeric' : 'text'} autoComplete="off" spellCheck={false} data-autofocus />
          <Button type="submit" size="sm" disabled={value.trim() === '' || (numeric && !/^\d{1,5}$/.test(value.trim()))}>
            {t('filter.add')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function ChipValue({ name, value, protocol }: { name: ChipName; value: string; protocol: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (name) {
    case 'organisation':
      return value === 'none' ? t('filter.no_organisation') : <OrganisationName id={value} />;
    case 'country':
      return value === 'none' ? t('filter.no_country') : format.country(value);
    case 'port': {
      const service = serviceName(Number(protocol ?? 6), Number(value));
      return service === undefined ? value : `${value} (${service})`;
    }
    case 'protocol':
      return protocolName(Number(value));
    default:
      return <span className="k-address">{value}</span>;
  }
}

/** What the list is narrowed to, each part in words and removable. */
export function FilterBar({ filter, change }: { filter: SightingFilter; change: Change }) {
  const { t } = useTranslation();
  const format = useFormat();
  const window = windowOf(filter);
  const momentText = (at = '…') => (isTime(at) ? format.dayAndTime(at) : at);
  const dropAll = Object.fromEntries([...chipNames, 'direction', 'sector', 'from', 'to'].map((name) => [name, undefined]));
  const chips = chipNames.filter((name) => filter[name] !== undefined);
  // Direction and sector show in their own fields.
  const hasChips = chips.length > 0 || window === null;
  return (
    <div className="k-filters k-no-print">
      <WindowChoice value={window} onChange={(next) => change({ window: next === '24h' ? undefined : next, from: undefined, to: undefined })} />
      <div className="k-filter-select">
        <DirectionChoice value={filter.direction} onChange={(next: Direction | undefined) => change({ direction: next })} />
      </div>
      <div className="k-filter-select">
        <SectorChoice value={filter.sector} onChange={(next) => change({ sector: next })} />
      </div>
      <AddFilter change={change} />
      {hasChips && (
        <ul className="k-chips" aria-label={t('filter.active')}>
          {window === null && (
            <Chip name={t('field.time')} onDrop={() => change({ from: undefined, to: undefined })}>
              {momentText(filter.from)} – {momentText(filter.to)}
            </Chip>
          )}
          {chips.map((name) => (
            <Chip key={name} name={t(`field.${name}`)} onDrop={() => change({ [name]: undefined })}>
              <ChipValue name={name} value={filter[name] ?? ''} protocol={filter.protocol} />
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
