import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappingTrial } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { LoadMore } from '@/ui/load-more';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';

type TriedRow = MappingTrial['items'][number];
const atOnce = 50;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Becomes({ row }: { row: TriedRow }) {
  if (row.reason !== null) return <Reason text={row.reason} ofFile />;
  return (
    <>
      {row.events.map((event, at) => (
        <dl key={at} className="k-told-fields" translate="no">
          {Object.entries(event).map(([field, value]) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>{textOf(value)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </>
  );
}

function Rows({ rows }: { rows: readonly TriedRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [most, setMost] = useState(atOnce);
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className="k-table-scroll" tabIndex={0} role="group" aria-label={t('mapping.result')}>
        <table className="k-table">
          <caption className="k-unseen">{t('mapping.result')}</caption>
          <thead>
            <tr>
              <th scope="col" data-align="end" style={{ width: 72 }}>
                {t('field.line')}
              </th>
              <th scope="col" style={{ width: '32%' }}>{t('mapping.row')}</th>
              <th scope="col">{t('mapping.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={row.row}>
                <td data-align="end" data-label={t('field.line')}>
                  {row.line === null ? '–' : format.number(row.line)}
                </td>
                <td data-narrow="title">
                  <code className="k-set-aside-raw" translate="no">{row.raw}</code>
                </td>
                <td className="k-told" data-label={t('mapping.becomes')}>
                  {row.reason !== null && <span className="k-mark" data-tone="warn">{t('mapping.set_aside')}</span>} <Becomes row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LoadMore shown={Math.min(most, rows.length)} total={rows.length} more={most < rows.length} loading={false} onMore={() => setMost(most + atOnce)} />
    </>
  );
}

/** What each row of the sample would become, set-aside rows first where one asks for them alone. */
export function TrialResult({ trial }: { trial: MappingTrial }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [only, setOnly] = useState(false);
  const counts = [
    ['rows', trial.rows],
    ['events', trial.events],
    ['set_aside', trial.quarantined],
    ['skipped', trial.skipped],
  ] as const;
  return (
    <Panel title={t('mapping.result')} note={trial.mapping} flush>
      <div className="k-panel-body k-stack">
        <dl className="k-tally">
          {counts.map(([name, count]) => (
            <div key={name}>
              <dt>{t(`mapping.count_${name}`)}</dt>
              <dd>{format.number(count)}</dd>
            </div>
          ))}
        </dl>
        {trial.refused !== null && (
          <p className="k-warning" role="alert">
            {t('mapping.refused')} <Reason text={trial.refused} ofFile />
          </p>
        )}
        {trial.breaks_off && <p className="k-warning">{t('mapping.breaks_off')}</p>}
        {trial.new_columns.length > 0 && (
          <p className="k-warning">
            {t('delivery.new_columns', { count: trial.new_columns.length })} <span className="k-address">{trial.new_columns.join(', ')}</span>
          </p>
        )}
        {!trial.whole && <p className="k-faint">{t('mapping.not_whole')}</p>}
        {trial.quarantined > 0 && trial.quarantined < trial.rows && (
          <label className="k-check">
            <input type="checkbox" checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} /> {t('mapping.only_set_aside')}
          </label>
        )}
      </div>
      {trial.rows > 0 && <Rows rows={only ? trial.items.filter(({ reason }) => reason !== null) : trial.items} />}
    </Panel>
  );
}
