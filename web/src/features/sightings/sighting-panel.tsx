import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { DirectionMark } from '@/ui/direction-mark';
import { Failure } from '@/ui/failure';
import { SideDrawer } from '@/ui/side-drawer';
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
        <TlpBadge tlp={detail.sighting.tlp} />
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

/** One sighting beside its list: no page change to look at the next. A drawer where there is no room. */
export function SightingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const wide = useMediaQuery('(min-width: 1240px)', true, { getInitialValueInEffect: false });
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && document.querySelector('[role=dialog], [role=menu]') === null && onClose();
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [onClose]);
  if (!wide) {
    return (
      <SideDrawer opened onClose={onClose} side="right" size="min(440px, 100%)" title={t('sighting.title')}>
        <Content id={id} />
      </SideDrawer>
    );
  }
  return (
    <aside className="k-side" aria-label={t('sighting.title')}>
      <header>
        <h2>{t('sighting.title')}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('action.close')} onClick={onClose}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </header>
      <Content id={id} />
    </aside>
  );
}
