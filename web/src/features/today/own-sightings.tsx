import './today.css';
import { Button } from '@mantine/core';
import { IconArrowRight, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { SightingPage } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { useNow } from '@/ui/use-now';
import { spanOf, type Span } from '@/ui/window';
import { useOwnSightings } from './use-today';

/** What was seen at one's own organisation one way, said in sentences, newest first. */
function OneWay({ found, span, direction }: { found: SightingPage; span: Span; direction: 'outbound' | 'inbound' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (found.items.length === 0) return null;
  return (
    <Panel
      title={t(`today.own_${direction}`)}
      note={t(`today.own_${direction}_note`)}
      actions={
        <Button component={Link} to={paths.sightings({ ...span, direction })} variant="subtle" rightSection={<IconArrowRight size={14} aria-hidden />}>
          {t('sightings.all')}
        </Button>
      }
      flush
    >
      <ul className="k-concerns">
        {found.items.map((sighting) => (
          <li key={sighting.id} data-direction={direction}>
            <Link to={paths.sighting(sighting.id)}>
              <span className="k-own-mark" aria-hidden />
              <span>
                {t(`sighting.answer_${direction}`, {
                  who: sighting.national_address ?? sighting.peer,
                  indicator: sighting.matched,
                  flows: t('count.flows', { count: sighting.flows, n: format.number(sighting.flows) }),
                  when: format.span(sighting.first, sighting.last),
                })}
                <span className="k-concern-note">
                  {sighting.organisation?.name} · {format.ago(sighting.last, now)}
                </span>
              </span>
              <IconChevronRight size={16} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What was seen in the last week of traffic between one's own networks and listed addresses. */
export function OwnSightings() {
  const span = spanOf('7d', useNow());
  const ways = { outbound: useOwnSightings(span, 'outbound'), inbound: useOwnSightings(span, 'inbound') };
  const error = ways.outbound.error ?? ways.inbound.error;
  return (
    <>
      {error !== null && <Failure error={error} retry={() => Object.values(ways).forEach(({ refetch }) => void refetch())} />}
      {(['outbound', 'inbound'] as const).map((direction) => {
        const { data } = ways[direction];
        return data !== undefined && <OneWay key={direction} found={data} span={span} direction={direction} />;
      })}
    </>
  );
}
