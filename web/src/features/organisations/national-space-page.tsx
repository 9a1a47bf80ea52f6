import './organisations.css';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NationalSpace, NationalSpaceInput } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { Refusal } from '@/ui/refusal';
import { saveInPlace } from '@/ui/save-in-place';
import { TableSkeleton } from '@/ui/table-skeleton';
import { useUnsaved } from '@/ui/unsaved';
import { useBegun } from '@/ui/use-begun';
import { WhyField } from '@/ui/why-field';
import { Places } from './places';
import { readSpace } from './space';
import { useSaveSpace, useSpace } from './use-space';

const inputOf = ({ prefixes, as_numbers }: NationalSpace): NationalSpaceInput => ({ prefixes, as_numbers });

interface SpaceFormProps {
  space: NationalSpace;
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: NationalSpaceInput, why: string, letGo: () => void) => void;
  onRenew: () => void;
}

function SpaceForm({ space, error, saving, onSave, onRenew }: SpaceFormProps) {
  const { t } = useTranslation();
  const [begun] = useState({ prefixes: space.prefixes.join('\n'), numbers: space.as_numbers.map((number) => `AS${number}`).join('\n') });
  const [prefixes, setPrefixes] = useState(begun.prefixes);
  const [numbers, setNumbers] = useState(begun.numbers);
  const [why, setWhy] = useState('');
  const mayWrite = useMay()('national_space.write');
  const letGo = useUnsaved(prefixes !== begun.prefixes || numbers !== begun.numbers || why !== '');
  const wanted = readSpace(prefixes, numbers);
  return (
    <form
      className="k-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ prefixes: wanted.prefixes, as_numbers: wanted.asNumbers }, why, letGo);
      }}
    >
      {error !== null && <Refusal error={error} onRenew={onRenew} />}
      <Panel title={t('space.title')} note={space.changed_at === null ? undefined : <>{t('field.changed')} <Moment at={space.changed_at} /></>}>
        <div className="k-stack">
          <Textarea label={t('space.prefixes', { count: wanted.prefixes.length })} description={t('space.prefixes_note')} value={prefixes} onChange={(event) => setPrefixes(event.currentTarget.value)} readOnly={!mayWrite} autosize minRows={6} maxRows={20} spellCheck={false} />
          <Textarea label={t('space.numbers', { count: wanted.asNumbers.length })} description={t('space.numbers_note')} value={numbers} onChange={(event) => setNumbers(event.currentTarget.value)} readOnly={!mayWrite} autosize minRows={3} maxRows={12} spellCheck={false} error={wanted.wrong.length > 0 ? t('space.wrong', { list: wanted.wrong.slice(0, 5).join(', ') }) : undefined} />
          {mayWrite && <WhyField value={why} onChange={setWhy} />}
        </div>
      </Panel>
      {mayWrite && (
        <div className="k-form-end">
          <Button type="submit" size="sm" loading={saving} disabled={wanted.wrong.length > 0}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** The country's own addresses: what decides whether traffic goes out, comes in, stays inside or passes through. */
export function NationalSpacePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const stored = useSpace();
  const { data: space, error, refetch } = stored;
  const { begun, renew } = useBegun(stored);
  const save = useSaveSpace();
  const undo = useSaveSpace();
  return (
    <>
      <PageHeader
        title={t('organisations.space')}
        answer={space === undefined ? '\u00a0' : space.prefixes.length === 0 ? t('space.answer_none') : t('space.answer', { prefixes: t('count.prefixes', { count: space.prefixes.length, n: format.number(space.prefixes.length) }), numbers: t('count.as_numbers', { count: space.as_numbers.length, n: format.number(space.as_numbers.length) }) })}
      />
      <Places />
      {space === undefined && (error === null ? <TableSkeleton /> : <Failure error={error} retry={() => void refetch()} />)}
      {begun !== undefined && <SpaceForm key={begun.version} space={begun} error={save.error} saving={save.isPending} onSave={(...written) => saveInPlace({ subject: 'national_space:', begun, save, undo, inputOf, said: t('space.saved') }, ...written)} onRenew={() => void renew(save.reset)} />}
    </>
  );
}
