import { Button, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import { entityClasses, sizes, type EntityClass } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { faultOf } from '@/ui/reason';
import { SectorChoice } from '@/ui/sector-choice';
import type { Draft } from './draft';
import { LanguageLines } from './language-lines';

interface StandingFieldsProps {
  draft: Draft;
  faults: ReadonlyMap<string, string>;
  onChange: (change: Partial<Draft>) => void;
}

interface Suggestion {
  entity_class: EntityClass | null;
  basis: string | null;
}

const basisKey = (basis: string) => `nis2.basis_${basis.replace(/[^a-z0-9]+/g, '_').replace(/_$/, '')}`;

const useSuggestion = ({ sector, subsector, size }: Draft) =>
  useQuery({
    queryKey: ['/sectors/suggested-class', sector, subsector, size],
    queryFn: ({ signal }) => read<Suggestion>('/sectors/suggested-class', { sector, subsector, size }, signal),
    enabled: sector !== undefined,
    staleTime: Infinity,
  });

/** In which sector, how large, and which languages it works in: what its own people may tell. */
export function StandingFields({ draft, faults, onChange }: StandingFieldsProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: sectors } = useSectors();
  const parts = sectors?.find(({ id }) => id === draft.sector)?.subsectors ?? [];
  return (
    <>
      <div className="k-form-row">
        <SectorChoice label={t('field.sector')} size="sm" none={false} value={draft.sector} onChange={(sector) => onChange({ sector, subsector: undefined })} />
        <Select
          label={t('field.subsector')}
          data={parts.map(({ id }) => ({ value: id, label: labelOf(parts, id, language) }))}
          value={draft.subsector ?? null}
          error={faultOf(faults, 'subsector')}
          disabled={parts.length === 0}
          placeholder={draft.sector !== undefined && parts.length === 0 ? t('nis2.no_parts') : undefined}
          onChange={(subsector) => onChange({ subsector: subsector ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
        />
      </div>
      <div className="k-form-row">
        <Select
          label={t('field.size')}
          description={t('nis2.size_note')}
          data={sizes.map((size) => ({ value: size, label: t(`size.${size}`) }))}
          value={draft.size ?? null}
          onChange={(size) => onChange({ size: size ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
        />
        <LanguageLines label={t('field.languages')} description={t('organisation.languages_note')} value={draft.languages} error={faultOf(faults, 'languages')} onChange={(languages) => onChange({ languages })} />
      </div>
    </>
  );
}

/** What it is under NIS2: suggested from sector and size, decided by a person, with the reason. */
export function ClassFields({ draft, faults, onChange }: StandingFieldsProps) {
  const { t } = useTranslation();
  const { data: suggestion } = useSuggestion(draft);
  const suggested = suggestion?.entity_class ?? null;
  const basis = suggestion?.basis ?? null;
  const because = basis === null ? '' : t(basisKey(basis));
  return (
    <>
      <p className="k-suggestion" role="status">
        {suggested === null ? t('nis2.no_suggestion') : t('nis2.suggestion', { value: t(`entity_class.${suggested}`), basis: because })}
        {suggested !== null && suggested !== draft.entity_class && (
          <Button size="compact-xs" variant="light" onClick={() => onChange({ entity_class: suggested, entity_class_reason: because })}>
            {t('nis2.take')}
          </Button>
        )}
      </p>
      <div className="k-form-row">
        <Select
          label={t('field.entity_class')}
          data={entityClasses.map((each) => ({ value: each, label: t(`entity_class.${each}`) }))}
          value={draft.entity_class ?? null}
          placeholder={t('entity_class.undecided')}
          onChange={(entity_class) => onChange({ entity_class: entity_class ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
        />
        <Textarea
          label={t('field.entity_class_reason')}
          autosize
          minRows={1}
          maxRows={5}
          maxLength={500}
          value={draft.entity_class_reason}
          required={draft.entity_class !== undefined}
          disabled={draft.entity_class === undefined}
          error={faultOf(faults, 'entity_class_reason')}
          onChange={(event) => onChange({ entity_class_reason: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
