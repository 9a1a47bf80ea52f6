import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { JournalEntry } from '@/contract/types';

/** Who did it: a person by the name of today, a program, the console, or the system itself. */
export function ActorName({ entry: { actor, actor_name: name } }: { entry: Pick<JournalEntry, 'actor' | 'actor_name'> }) {
  const { t, i18n } = useTranslation();
  const [kind = '', id = ''] = actor.split(':');
  if (kind === 'user') return <Link to={paths.person(id)}>{name ?? t('actor.unknown')}</Link>;
  if (kind === 'token') return <>{t('actor.token', { name: name ?? id })}</>;
  if (i18n.exists(`actor.${kind}`)) return <>{t(`actor.${kind}`)}</>;
  return <>{name ?? actor}</>;
}
