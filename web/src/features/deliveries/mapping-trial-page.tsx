import './deliveries.css';
import { Button, Select, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { DeliveryDetail, MappingTrial } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TextSource } from '@/ui/text-source';
import { useQueryState } from '@/ui/use-query-state';
import { Places } from './places';
import { TrialResult } from './trial-result';
import { useDelivery } from './use-delivery';
import { useReadAgain } from './use-read-again';
import { readMapping, useMappings, useTrial } from './use-trial';

const queryNames = ['delivery'] as const;

const example = `when;src;service
2026-03-01 10:15:00;192.0.2.7;ssh
2026-03-01 10:15:04;192.0.2.9;ssh`;

const exampleMapping = `{
  "name": "our-sensor",
  "reads": {"form": "csv", "delimiter": ";"},
  "needed": ["when", "src"],
  "set": {"classification.type": "brute-force"},
  "columns": {
    "when": "time.source: moment",
    "src": "source.ip",
    "service": "protocol.application"
  }
}`;

/** The mapping's text, begun from a shipped one if one likes. */
function MappingText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const { data: mappings } = useMappings();
  const take = useMutation({ mutationFn: readMapping, onSuccess: (mapping) => onChange(mapping.text) });
  return (
    <Panel title={t('mapping.mapping')}>
      <div className="k-stack">
        <Select
          label={t('mapping.begin')}
          description={t('mapping.begin_note')}
          data={(mappings ?? []).map(({ name, title }) => ({ value: name, label: title ?? name }))}
          value={null}
          onChange={(name) => name !== null && take.mutate(name)}
          searchable
          nothingFoundMessage={t('list.none')}
        />
        {take.error !== null && <Failure error={take.error} />}
        <Textarea className="k-mapping-text" label={t('mapping.text')} value={text} placeholder={exampleMapping} autosize minRows={12} maxRows={28} spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} />
      </div>
    </Panel>
  );
}

/** The sample: the beginning of a delivery, or what one has at hand. */
function Sample({ delivery, text, onText, onDrop }: { delivery: DeliveryDetail | undefined; text: string; onText: (text: string, file: string | undefined) => void; onDrop: () => void }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('mapping.sample')}>
      {delivery === undefined ? (
        <TextSource label={t('import.text')} accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt,.log,text/plain,text/csv,application/json" value={text} placeholder={example} onChange={onText} />
      ) : (
        <div className="k-stack">
          <div className="k-chips">
            <span className="k-chip">
              <span className="k-chip-name">{t('delivery.title')}</span>
              <Link to={paths.delivery(delivery.delivery.id)} className="k-chip-value">
                {delivery.delivery.name}
              </Link>
              <button type="button" aria-label={t('mapping.other_sample')} onClick={onDrop}>
                <IconX size={14} aria-hidden />
              </button>
            </span>
          </div>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
          <pre className="k-code" tabIndex={0} aria-label={t('delivery.beginning')} translate="no">{delivery.preview.lines.join('\n')}</pre>
        </div>
      )}
    </Panel>
  );
}

/** The deed that a mended mapping is for. */
function ReadAgain({ delivery: { delivery }, mapping }: { delivery: DeliveryDetail; mapping: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const again = useReadAgain(delivery.id, () => navigate(paths.delivery(delivery.id)));
  if (delivery.state === 'read' && delivery.quarantined === 0) return null;
  return (
    <Allowed to="deliveries.read_again">
      <Button loading={again.isPending} leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => again.mutate(mapping)}>
        {t('mapping.read_again')}
      </Button>
      {again.error !== null && <Failure error={again.error} />}
    </Allowed>
  );
}

function useAnswer(): (trial: MappingTrial | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (trial) => {
    if (trial === undefined) return t('mapping.intro');
    if (trial.refused !== null) return t('mapping.answer_refused');
    const rows = t('count.rows', { count: trial.rows, n: format.number(trial.rows) });
    const events = t('count.events', { count: trial.events, n: format.number(trial.events) });
    const aside = trial.quarantined === 0 ? t('delivery.none_aside') : t('delivery.aside', { count: trial.quarantined, n: format.number(trial.quarantined) });
    return t('mapping.answer', { rows, events, aside });
  };
}

/** A mapping tried on a sample while it is written: nothing is kept. */
export function MappingTrialPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const [{ delivery: id }, change] = useQueryState(queryNames);
  const { data: delivery } = useDelivery(id);
  const [written, write] = useState<string>();
  const [sample, setSample] = useState<{ text: string; file: string | undefined }>({ text: '', file: undefined });
  const mapping = written ?? delivery?.mapping?.text ?? '';
  const { data, error, isFetching } = useTrial({ mapping, sample: sample.text, file: sample.file, delivery: id });
  const trial = error === null ? data : undefined;
  return (
    <>
      <PageHeader title={t('mapping.title')} answer={answer(trial)} actions={delivery !== undefined && mapping.trim() !== '' && trial !== undefined && trial.refused === null && <ReadAgain delivery={delivery} mapping={mapping} />} />
      <Places />
      <div className="k-stack">
        <div className="k-trial-form">
          <MappingText text={mapping} onChange={write} />
          <Sample
            delivery={delivery}
            text={sample.text}
            onText={(text, file) => setSample({ text, file })}
            onDrop={() => {
              write(mapping);
              change({ delivery: undefined });
            }}
          />
        </div>
        <div aria-live="polite" aria-busy={isFetching} className="k-stack">
          {error !== null && <Failure error={error} />}
          {trial !== undefined && <TrialResult trial={trial} />}
        </div>
      </div>
    </>
  );
}
