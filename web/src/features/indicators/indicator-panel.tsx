import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { Failure } from '@/ui/failure';
import { SidePanel } from '@/ui/side-panel';
import { SourceList } from '@/ui/source-list';
import { TableSkeleton } from '@/ui/table-skeleton';
import { About, Marks, Organisations, useAnswer, useIndicator } from './indicator-story';

function Content({ id }: { id: string }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { data: detail, error, refetch } = useIndicator(id);
  if (detail === undefined) return error === null ? <TableSkeleton rows={9} /> : <Failure error={error} retry={() => void refetch()} />;
  return (
    <div className="k-side-content">
      <div className="k-side-marks">
        <Marks detail={detail} />
        <Button component={Link} to={paths.indicator(id)} variant="light" rightSection={<IconArrowRight size={14} aria-hidden />} ml="auto">
          {t('sighting.whole')}
        </Button>
      </div>
      <div className="k-part-head">
        <strong className="k-address k-part-name">{detail.indicator.value}</strong>
      </div>
      <p>{answer(detail)}</p>
      <About detail={detail} />
      <section>
        <h3 className="k-part-title">{t('indicator.where')}</h3>
        <Organisations detail={detail} />
      </section>
      <section>
        <h3 className="k-part-title">{t('field.sources')}</h3>
        <SourceList sources={detail.indicator.sources} />
      </section>
    </div>
  );
}

/** One indicator beside its list. */
export function IndicatorPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel title={t('field.indicator')} onClose={onClose}>
      <Content id={id} />
    </SidePanel>
  );
}
