import { useTranslation } from 'react-i18next';
import type { Meanwhile } from '@/contract/problem';
import { ActorName } from './actor-name';
import { sideOf } from './difference';
import { DifferenceView } from './difference-view';
import { Moment } from './moment';

/** Who changed a record while one was writing, when, and what is other now. */
export function ChangedMeanwhile({ meanwhile: { changed_at: at, changed_by: by, changed_by_name: name, changes } }: { meanwhile: Meanwhile }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('failure.stale.meanwhile')}>
      <p>
        <strong>{t('failure.stale.meanwhile')}</strong> {by !== null && <ActorName entry={{ actor: by, actor_name: name }} />} {at !== null && <Moment at={at} />}
      </p>
      {changes !== null && <DifferenceView before={sideOf(changes, 'before')} after={sideOf(changes, 'after')} />}
    </section>
  );
}
