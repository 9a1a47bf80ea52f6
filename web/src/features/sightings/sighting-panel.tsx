import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { DirectionMark } from '@/ui/direction-mark';
import { Failure } from '@/ui/failure';
import { SidePanel } from '@/ui/side-panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { TlpBadge } from '@/ui/tlp-badge';
import { Ends } from './ends';
import { Amounts, IndicatorPart, OwnerPart } from './sighting-story';
import { useSighting } from './use-sighting';

function Content({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: detail, error, refetch } = useSighting(id);
  if (detail === undefined) return error === null ? <TableSkeleton rows={9} /> : <Failure error={error} retry={() => void refetch()} />;
  return (
    <div className="k-side-content">
      <div className="k-side-marks">
        <DirectionMark direction={detail.sighting.direction} />
        <TlpBadge tlp={detail.sighting.tlp} readers={detail.sighting.readers} />
        <Button component={Link} to={paths.sighting(id)} variant="light" rightSection={<IconArrowRight size={14} aria-hidden />} ml="auto">
          {t('sighting.whole')}
        </Button>
      </div>
      <Ends sighting={detail.sighting} />
      <section>
        <h3 className="k-part-title">{t('field.organisation')}</h3>
        <OwnerPart detail={detail} />
      </section>
      <section>
        <h3 className="k-part-title">{t('field.indicator')}</h3>
        <IndicatorPart detail={detail} />
      </section>
      <section>
        <h3 className="k-part-title">{t('sighting.amounts')}</h3>
        <Amounts detail={detail} />
      </section>
    </div>
  );
}

/** One sighting beside its list. */
export function SightingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel title={t('sighting.title')} onClose={onClose}>
      <Content id={id} />
    </SidePanel>
  );
}
