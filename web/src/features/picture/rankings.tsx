import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths, type SightingFilter } from '@/contract/paths';
import type { Picture, TopEntry } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { portText, serviceName } from '@/ui/services';
import { Ranking } from './ranking';
import { useFlashes } from './use-flashes';

const ofPort = (key: string) => key.split('/').map(Number) as [number, number];

interface AddressesProps {
  picture: Picture;
  filter: SightingFilter;
  flashed: ReadonlyMap<string, number>;
  /** Both lists side by side, where there is room for them. */
  split: boolean;
}

/** The addresses at either end; one list at a time unless there is room for both. */
function Addresses({ picture: { top }, filter, flashed, split }: AddressesProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<'national' | 'foreign'>('national');
  const name = (entry: TopEntry) => <span className="k-address">{entry.label}</span>;
  const list = (side: 'national' | 'foreign') => ({
    title: t(`picture.top_${side}`),
    entries: side === 'national' ? top.national_addresses : top.foreign_addresses,
    name,
    to: (entry: TopEntry) => paths.sightings({ ...filter, [`${side}_address`]: entry.key }),
    flashed,
  });
  if (split) {
    return (
      <>
        <Ranking {...list('national')} />
        <Ranking {...list('foreign')} />
      </>
    );
  }
  const choice = <SegmentedControl size="xs" aria-label={t('picture.which_addresses')} value={chosen} onChange={(next) => setChosen(next)} data={(['national', 'foreign'] as const).map((side) => ({ value: side, label: t(`picture.${side}`) }))} />;
  return <Ranking {...list(chosen)} title={t('picture.addresses')} choice={choice} />;
}

/** The top lists: who, by what, where from. Each line's number is the total of the list behind it. */
export function Rankings({ picture, filter }: { picture: Picture; filter: SightingFilter }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { data: sectors } = useSectors();
  const flashed = useFlashes(picture);
  const { top } = picture;
  const by = (name: keyof SightingFilter) => (entry: TopEntry) => paths.sightings({ ...filter, [name]: entry.key });
  const sector = (entry: TopEntry) => (entry.key === 'none' ? t('filter.no_sector') : labelOf(sectors, entry.key, i18n.resolvedLanguage ?? 'en'));
  const country = (entry: TopEntry) => (entry.key === 'none' ? t('picture.no_country') : format.country(entry.key));
  return (
    <div className="k-rankings">
      <Ranking title={t('picture.top_organisations')} entries={top.organisations} name={(entry) => (entry.key === 'none' ? t('filter.no_organisation') : entry.label)} to={by('organisation')} flashed={flashed} />
      <Ranking title={t('picture.top_indicators')} entries={top.indicators} name={(entry) => <span className="k-address">{entry.label}</span>} to={by('indicator')} flashed={flashed} />
      <Ranking
        title={t('picture.top_ports')}
        entries={top.ports}
        name={(entry) => portText(...ofPort(entry.key))}
        aside={(entry) => serviceName(...ofPort(entry.key))}
        to={(entry) => {
          const [protocol, port] = ofPort(entry.key);
          return paths.sightings({ ...filter, protocol: String(protocol), port: String(port) });
        }}
        flashed={flashed}
      />
      <Addresses picture={picture} filter={filter} flashed={flashed} split={top.countries.length === 0} />
      {top.countries.length > 0 && <Ranking title={t('picture.top_countries')} entries={top.countries} name={country} aside={(entry) => (entry.key === 'none' || country(entry).endsWith(entry.key) ? undefined : entry.key)} to={by('country')} flashed={flashed} />}
      <Ranking title={t('picture.top_sectors')} entries={top.sectors} name={sector} to={by('sector')} flashed={flashed} />
    </div>
  );
}
