import { Button } from '@mantine/core';
import { IconArrowRight, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { SightingPage } from '@/contract/types';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { useNow } from '@/ui/use-now';
import type { Span } from '@/ui/window';

export function NothingFound() {
  const { t } = useTranslation();
  return (
    <Panel>
      <Empty icon={<IconCircleCheck size={26} />} title={t('today.own_none_title')}>
        <p>{t('today.own_none_text')}</p>
      </Empty>
    </Panel>
  );
}

/** What was found at one's own organisation one way, said in sentences, newest first. */
export function OwnFindings({ found, span, direction }: { found: SightingPage; span: Span; direction: 'outbound' | 'inbound' }) {
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
