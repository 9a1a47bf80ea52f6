import { IconAlertTriangle, IconCircleCheck, IconClockHour4, IconChevronRight, IconExclamationCircle, IconFirstAidKit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { useNow } from '@/ui/use-now';
import type { Concern, Tone } from './concerns';

const icons: Readonly<Record<Tone, typeof IconAlertTriangle>> = { bad: IconExclamationCircle, warn: IconAlertTriangle, due: IconClockHour4, in_hand: IconFirstAidKit };

function Line({ concern: { key, tone, to, count, share, name, at } }: { concern: Concern }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const Icon = icons[tone];
  const values = {
    ...(count === undefined ? {} : { count, n: format.number(count) }),
    ...(share === undefined ? {} : { share: share < 0.005 ? '< 1 %' : format.percent(share) }),
    ...(name === undefined ? {} : { name }),
    ...(at === undefined ? {} : { ago: format.ago(at, now), day: format.day(at), since: format.brief(at, now) }),
  };
  return (
    <li data-tone={tone}>
      <Link to={to}>
        <Icon size={20} stroke={1.8} aria-hidden />
        <span>
          <span className="k-unseen">{t(`today.tone.${tone}`)}: </span>
          {t(`today.concern.${key}`, values)}
          <span className="k-concern-note">{t(`today.advice.${key}`)}</span>
        </span>
        <IconChevronRight size={16} aria-hidden />
      </Link>
    </li>
  );
}

/** What somebody has to see to, each with its way in; or, calmly, that there is nothing. */
export function ConcernList({ concerns, settled, calm }: { concerns: readonly Concern[]; settled: boolean; calm: string }) {
  const { t } = useTranslation();
  const of = (...tones: readonly Tone[]) => concerns.filter(({ tone }) => tones.includes(tone));
  const lists = [['wrong', of('bad', 'warn')] as const, ['due', of('due')] as const, ['in_hand', of('in_hand')] as const];
  return (
    <>
      {settled && of('bad', 'warn', 'due').length === 0 && (
        <Panel flush>
          <p className="k-calm">
            <IconCircleCheck size={24} stroke={1.7} aria-hidden />
            {calm}
          </p>
        </Panel>
      )}
      {lists
        .filter(([, list]) => list.length > 0)
        .map(([title, list]) => (
          <Panel key={title} title={t(`today.${title}`)} flush>
            <ul className="k-concerns">
              {list.map((concern) => (
                <Line key={`${concern.key} ${concern.name ?? ''} ${concern.at ?? ''}`} concern={concern} />
              ))}
            </ul>
          </Panel>
        ))}
    </>
  );
}
