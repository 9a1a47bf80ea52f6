import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { feedHealths, type Feed, type FeedHealth, type FeedList } from '@/contract/types';
import type { Format } from '@/ui/format';
import { Reason } from '@/ui/reason';

const tones: Readonly<Record<FeedHealth, string>> = { failing: 'bad', late: 'bad', incomplete: 'warn', never: 'neutral', ok: 'good', off: 'neutral' };

export function HealthMark({ health }: { health: FeedHealth }) {
  const { t } = useTranslation();
  return (
    <span className="k-mark" data-tone={tones[health]}>
      {t(`feed_health.${health}`)}
    </span>
  );
}

/** What the server says is wrong: with the last attempt, else with the newest delivery. */
export function Fault({ feed }: { feed: Feed }) {
  const text = feed.fault ?? (feed.condition === 'whole' ? null : feed.delivery_fault);
  return text === null ? null : <Reason text={text} ofFile />;
}

/** The worst first. */
export const worstFirst = (feeds: readonly Feed[]): Feed[] =>
  feeds.toSorted((one, other) => feedHealths.indexOf(one.health) - feedHealths.indexOf(other.health) || one.name.localeCompare(other.name));

/** How the feeds are, in one sentence. */
export function answerOf({ items, health }: FeedList, t: TFunction, format: Format): string {
  if (items.length === 0) return t('feeds.answer_none');
  const feeds = t('feeds.count', { count: items.length, n: format.number(items.length) });
  if (health.ok === items.length) return t('feeds.answer_well', { feeds });
  const states = feedHealths.filter((each) => health[each] > 0).map((each) => t(`feed_health_count.${each}`, { count: health[each], n: format.number(health[each]) }));
  return t('feeds.answer', { feeds, states: states.join(', ') });
}
