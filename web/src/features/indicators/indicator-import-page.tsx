import './indicators.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFlag3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { IndicatorImportReport } from '@/contract/types';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { bodyType, emptyIntake, queryOf, type Intake } from './intake';
import { ImportForm } from './import-form';
import { ImportReport } from './import-report';

const example = `198.51.100.7
198.51.100.0/24
AS64666
bad.example
https://lure.example/pay`;

/** A list becomes the present word of its source. */
export function IndicatorImportPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [intake, setIntake] = useState<Intake>(emptyIntake);
  const run = useMutation({
    mutationFn: () => write<IndicatorImportReport>('POST', '/indicators/import', { query: { ...queryOf(intake) }, body: intake.text, type: bodyType(intake.text) }),
    onSuccess: () => Promise.all(['/indicators', 'indicator', 'status'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <>
      <PageHeader
        title={t('indicators.import')}
        answer={t('indicators.import_text')}
        above={<BackLink to={paths.indicators()} icon={IconFlag3}>{t('nav.indicators')}</BackLink>}
      />
      <div className="k-stack">
        {run.error !== null && <Failure error={run.error} />}
        {run.data !== undefined && <ImportReport report={run.data} />}
        <ImportForm
          intake={intake}
          example={example}
          busy={run.isPending}
          onChange={(next) => {
            setIntake(next);
            if (run.data !== undefined || run.error !== null) run.reset();
          }}
          onImport={() => run.mutate()}
        />
        <Panel title={t('import.format')}>
          <div className="k-stack">
            <p>{t('indicators.import_format')}</p>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
            <pre className="k-code" tabIndex={0}>{example}</pre>
          </div>
        </Panel>
      </div>
    </>
  );
}
