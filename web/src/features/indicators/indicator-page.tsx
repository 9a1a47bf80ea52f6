import './indicators.css';
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconFlag3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { IndicatorDetail } from '@/contract/types';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { Facts } from '@/ui/facts';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { SightingsOf } from '@/ui/sightings-of';
import { SourceList } from '@/ui/source-list';
import { About, Marks, Organisations, useAnswer, useIndicator } from './indicator-story';

function Story({ detail }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  const { indicator } = detail;
  return (
    <div className="k-columns">
      <div>
        {indicator.warning_lists.length > 0 && (
          <Panel title={t('indicator.warning_lists')} note={t('indicator.flagged_text')}>
            <Facts items={indicator.warning_lists.map((list) => [list.name, <span key={list.entry}>{t(`match.${list.kind}`)}: <span className="k-address">{list.entry}</span></span>] as const)} />
          </Panel>
        )}
        <SightingsOf filter={{ indicator: indicator.value, window: '7d' }} hide="indicator" />
        <Panel title={t('field.sources')}>
          <SourceList sources={indicator.sources} />
        </Panel>
      </div>
      <div>
        <Panel title={t('indicator.about')}>
          <About detail={detail} />
        </Panel>
        <Panel title={t('indicator.where')}>
          <Organisations detail={detail} />
        </Panel>
      </div>
    </div>
  );
}

/** One indicator: whether it was seen, who stands by it, and whether it may be a mistake. */
export function IndicatorPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { id } = useParams();
  const { data: detail, error, refetch } = useIndicator(id);
  const above = <BackLink to={paths.indicators()} icon={IconFlag3}>{t('nav.indicators')}</BackLink>;
  if (detail === undefined) return <AwaitedPage title={t('field.indicator')} above={above} asked={{ error, refetch }} />;
  const { indicator } = detail;
  return (
    <>
      <PageHeader
        title={indicator.value}
        above={above}
        marks={<Marks detail={detail} />}
        answer={answer(detail)}
        actions={
          <CopyButton value={indicator.value}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />} onClick={copy}>
                {t(copied ? 'action.copied' : 'action.copy')}
              </Button>
            )}
          </CopyButton>
        }
      />
      <Story detail={detail} />
    </>
  );
}
