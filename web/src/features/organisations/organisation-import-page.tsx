import './organisations.css';
import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { write } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { OrganisationImportReport, OrganisationRow } from '@/contract/types';
import { ContractError } from '@/contract/problem';
import { BackLink } from '@/ui/back-link';
import type { CsvColumn } from '@/ui/csv';
import { ExportButton } from '@/ui/export-button';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';
import { TextSource } from '@/ui/text-source';
import { ChangeList } from './change-list';

const example = `name,sector,networks,contact_name,contact_email
Example Hospital Lakeside,health,192.0.2.0/26 hospital.example,Security desk,security@hospital.example`;

/** What the import reads. */
const rowColumns: readonly CsvColumn<OrganisationRow>[] = (
  ['name', 'short_name', 'sector', 'subsector', 'size', 'entity_class', 'entity_class_reason', 'languages', 'country', 'website', 'notes', 'parent', 'networks', 'contact_name', 'contact_role', 'contact_email', 'contact_phone', 'contact_languages', 'contact_round_the_clock', 'contact_pgp_key', 'contact_smime_certificate', 'tlp', 'pap'] as const
).map((column) => [column, (row) => row[column]]);

const outcomes = ['created', 'updated', 'unchanged', 'skipped'] as const;
const tones = { created: 'good', updated: 'good', unchanged: undefined, skipped: 'bad' } as const;

function Report({ report, tried }: { report: OrganisationImportReport; tried: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<string>('all');
  const rows = report.rows.filter((row) => shown === 'all' || row.outcome === shown);
  return (
    <Panel
      title={t(tried ? 'import.would' : 'import.report')}
      note={t('import.rows_read', { count: report.read, n: format.number(report.read) })}
      actions={<SegmentedControl size="xs" value={shown} onChange={setShown} data={[{ value: 'all', label: t('import.all') }, ...outcomes.filter((outcome) => report[outcome] > 0).map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))]} />}
      flush
    >
      <dl className="k-tally k-panel-body">
        {outcomes.map((outcome) => (
          <div key={outcome}>
            <dt>{t(`outcome.${outcome}`)}</dt>
            <dd>{format.number(report[outcome])}</dd>
          </div>
        ))}
      </dl>
      {report.unknown_columns.length > 0 && (
        <div className="k-panel-body">
          <p className="k-warning">{t('import.unknown_columns', { count: report.unknown_columns.length, names: report.unknown_columns.join(', ') })}</p>
        </div>
      )}
      <table className="k-table">
        <thead>
          <tr>
            <th scope="col" data-align="end" style={{ width: 64 }}>
              {t('field.line')}
            </th>
            <th scope="col">{t('field.name')}</th>
            <th scope="col">{t('import.outcome')}</th>
            <th scope="col">{t('import.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 500).map((row) => (
            <tr key={`${row.line}-${row.name}`}>
              <td data-align="end" data-label={t('field.line')}>
                {row.line}
              </td>
              <td data-narrow="title">{row.id === null || row.name === null ? (row.name ?? '–') : <Link to={paths.organisation(row.id)}>{row.name}</Link>}</td>
              <td data-label={t('import.outcome')}>
                <span className="k-mark" data-tone={tones[row.outcome]}>
                  {t(`outcome_of_one.${row.outcome}`)}
                </span>
              </td>
              <td data-label={t('import.change')}><WhatBecame row={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Why a row is skipped, or what it changes. */
function WhatBecame({ row }: { row: OrganisationImportReport['rows'][number] }) {
  if (row.reason === null) return row.changes.length === 0 ? '–' : <ChangeList changes={row.changes} />;
  if (row.errors.length < 2) return <Reason text={row.reason} ofFile />;
  return (
    <ul className="k-row-faults">
      {row.errors.map(({ field, message }) => (
        <li key={`${field} ${message}`}>
          <Reason text={`${field}: ${message}`} ofFile />
        </li>
      ))}
    </ul>
  );
}

/** Many organisations at once, from CSV, JSON or JSON Lines; tried first, then taken. */
export function OrganisationImportPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [text, setText] = useState('');
  // Without what was foretold it is only tried; with it, exactly that is done.
  const run = useMutation({
    mutationFn: async (foretold: string | undefined) => {
      const type = /^\s*\[/.test(text) ? 'application/json' : /^\s*\{/.test(text) ? 'application/jsonl' : 'text/csv';
      const query = foretold === undefined ? { dry_run: true } : { foretold };
      return { tried: foretold === undefined, report: await write<OrganisationImportReport>('POST', '/organisations/import', { query, body: text, type }) };
    },
    onSuccess: ({ tried }) => (tried ? undefined : Promise.all(['/organisations', '/networks', 'status', 'organisation'].map((key) => client.invalidateQueries({ queryKey: [key] })))),
  });
  const preview = run.data?.tried === true ? run.data.report : undefined;
  const changes = preview === undefined ? 0 : preview.created + preview.updated;
  const moved = run.error instanceof ContractError && run.error.status === 409;
  return (
    <>
      <PageHeader
        title={t('organisations.import')}
        answer={t('organisations.import_text')}
        above={<BackLink to={paths.organisations()} icon={IconBuildingCommunity}>{t('nav.organisations')}</BackLink>}
      />
      <div className="k-stack">
        <Panel title={t('import.what')}>
          <div className="k-stack">
            <TextSource label={t('import.text')} accept=".csv,.json,.jsonl,text/csv,application/json,application/jsonl" value={text} placeholder={example} onChange={(next) => { setText(next); run.reset(); }} />
            <div className="k-form-end">
              <Button size="sm" disabled={text.trim() === ''} loading={run.isPending && run.variables === undefined} onClick={() => run.mutate(undefined)}>
                {t('import.preview')}
              </Button>
            </div>
          </div>
        </Panel>
        {run.error !== null && <Failure error={run.error} action={moved ? <Button variant="default" mt="xs" onClick={() => run.mutate(undefined)}>{t('import.preview_again')}</Button> : undefined} />}
        {preview !== undefined && changes > 0 && (
          <div className="k-form-end k-apply">
            <Button size="sm" loading={run.isPending} onClick={() => run.mutate(preview.foretold)}>
              {t('import.apply', { count: changes, n: format.number(changes) })}
            </Button>
            <span className="k-faint">{t('import.apply_note')}</span>
          </div>
        )}
        {run.data !== undefined && <Report report={run.data.report} tried={run.data.tried} />}
        <Panel title={t('import.format')}>
          <div className="k-stack">
            <p>{t('organisations.import_format')}</p>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
            <pre className="k-code" tabIndex={0}>{example}</pre>
            <p>{t('organisations.import_present')}</p>
            <div>
              <ExportButton name="organisations" columns={rowColumns} rows={{ path: '/organisations/rows', query: {} }} />
            </div>
          </div>
        </Panel>
      </div>
    </>
  );
}
