import { useTranslation } from 'react-i18next';
import { stillOpen } from '@/contract/paths';
import { taxonomy } from '@/contract/rsit';
import { findingSeverities, type IncidentPage } from '@/contract/types';
import { useReaders } from '@/contract/use-readers';
import { useSession } from '@/contract/use-session';
import { Chip } from '@/ui/chip';
import { Choice } from '@/ui/choice';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';
import { SearchField } from '@/ui/search-field';
import { SectorChoice } from '@/ui/sector-choice';
import { me, nobody, type Filter } from './filter';
import { useWords } from './use-words';

type Change = (next: Filter, way?: { replace?: boolean }) => void;

interface BarProps {
  filter: Filter;
  change: Change;
}

/** Each state with how many are in it; what nobody is in stays away. */
export function StateChips({ filter, change, page }: BarProps & { page: IncidentPage | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const counts: Readonly<Record<string, number>> = page?.states ?? {};
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const chips = [
    [undefined, t('incidents.all'), all] as const,
    [stillOpen, t('incidents.open_ones'), page?.open ?? 0] as const,
    ...words.states.filter(({ id }) => id === filter.state || (counts[id] ?? 0) > 0).map(({ id }) => [id, words.state(id), counts[id] ?? 0] as const),
  ];
  return (
    <div className="k-incident-states" role="group" aria-label={t('field.state')}>
      {chips.map(([state, text, count]) => (
        <button key={state ?? 'all'} type="button" aria-pressed={filter.state === state} onClick={() => change({ state })}>
          {text} {page !== undefined && <span className="k-number">{format.number(count)}</span>}
        </button>
      ))}
    </div>
  );
}

export function Tools({ filter, change }: BarProps) {
  const { t } = useTranslation();
  const reader = useSession()?.user.id;
  const { data: people } = useReaders();
  const word = (group: 'class' | 'type') => (id: string) => ({ value: id, label: t(`rsit.${group}.${id.replaceAll('-', '_')}`) });
  const leads = [{ value: me, label: t('incidents.me') }, { value: nobody, label: t('incidents.nobody') }, ...(people ?? []).filter(({ id }) => id !== reader).map(({ id, full_name: name }) => ({ value: id, label: name ?? id }))];
  return (
    <div className="k-tools">
      <SearchField label={t('incidents.search')} value={filter.search} onSearch={(search) => change({ search }, { replace: true })} />
      <Choice label={t('incident_field.severity')} every={t('findings.all_severities')} values={findingSeverities.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))} value={filter.severity} onChange={(severity) => change({ severity })} />
      <Choice label={t('field.class')} every={t('incidents.all_classes')} values={Object.keys(taxonomy).map(word('class'))} value={filter.class} onChange={(next) => change({ class: next, type: undefined })} searchable />
      {filter.class !== undefined && <Choice label={t('field.type')} every={t('incidents.all_types')} values={(taxonomy[filter.class] ?? []).map(word('type'))} value={filter.type} onChange={(type) => change({ type })} />}
      <Choice label={t('incident_field.lead')} every={t('incidents.all_leads')} values={leads} value={filter.lead} onChange={(lead) => change({ lead })} searchable />
      <div className="k-tools-select">
        <SectorChoice value={filter.sector} onChange={(sector) => change({ sector })} />
      </div>
      <Choice label={t('incidents.merged')} every={t('incidents.without_merged')} values={[{ value: 'true', label: t('incidents.with_merged') }]} value={filter.merged} onChange={(merged) => change({ merged })} />
    </div>
  );
}

/** Filters that a link brought, and that no tool shows. */
export function Chips({ filter, change }: BarProps) {
  const { t } = useTranslation();
  const classified = useClassification();
  const { data: people } = useReaders();
  const ofType = filter.class === undefined ? filter.type : undefined;
  const unknownLead = filter.lead !== undefined && filter.lead !== me && filter.lead !== nobody && people?.every(({ id }) => id !== filter.lead) !== false ? filter.lead : undefined;
  const chips = [
    filter.tag !== undefined && <Chip key="tag" name={t('incidents.tag')} onDrop={() => change({ tag: undefined })}><span translate="no">{filter.tag}</span></Chip>,
    filter.observable !== undefined && <Chip key="observable" name={t('seen.told_of')} onDrop={() => change({ observable: undefined })}><span translate="no">{filter.observable}</span></Chip>,
    ofType !== undefined && <Chip key="type" name={t('field.type')} onDrop={() => change({ type: undefined })}>{classified(null, ofType)}</Chip>,
    unknownLead !== undefined && <Chip key="lead" name={t('incident_field.lead')} onDrop={() => change({ lead: undefined })}><span translate="no">{unknownLead}</span></Chip>,
  ].filter(Boolean);
  return chips.length === 0 ? null : <ul className="k-chips k-incident-chips" aria-label={t('filter.active')}>{chips}</ul>;
}
