import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { User } from '@/contract/types';
import { Chip } from '@/ui/chip';
import { Choice } from '@/ui/choice';
import { deedText, kindOf, kindText, subjectKinds } from '@/ui/trail-words';
import { WindowChoice } from '@/ui/window-choice';
import { PersonChoice } from './person-choice';
import { deedNouns, queryNames, windowOf, type TrailQuery } from './filter';

type Change = (change: TrailQuery) => void;

function ActorText({ actor }: { actor: string }) {
  const { t, i18n } = useTranslation();
  const [kind = '', id = ''] = actor.split(':');
  const { data } = useQuery({ queryKey: ['user', id], queryFn: ({ signal }) => read<User>(`/users/${encodeURIComponent(id)}`, {}, signal), enabled: kind === 'user' });
  if (kind === 'user') return data?.full_name ?? id;
  return i18n.exists(`actor.${kind}`) ? t(`actor.${kind}`, { name: id }) : actor;
}

function SubjectText({ subject }: { subject: string }) {
  const { t, i18n } = useTranslation();
  const kind = kindText(kindOf(subject), t, i18n);
  return subject.endsWith(':') ? kind : `${kind} ${subject.slice(subject.indexOf(':') + 1)}`;
}

/** What the trail is narrowed to, each part in words and removable. */
export function FilterBar({ query, change }: { query: TrailQuery; change: Change }) {
  const { t, i18n } = useTranslation();
  const window = windowOf(query);
  const narrowed = query.subject !== undefined || query.actor !== undefined || query.deed !== undefined || window !== null;
  const nounText = (deed: string) => (deed.endsWith('.') ? t(`deed_noun.${deed.slice(0, -1)}`) : deedText(deed, t, i18n));
  return (
    <div className="k-filters k-no-print">
      <WindowChoice value={window} onChange={(next) => change({ window: next })} />
      <Choice place="k-filter-select" label={t('trail.subject_kind')} every={t('trail.all_subjects')} values={subjectKinds.map((kind) => ({ value: `${kind}:`, label: kindText(kind, t, i18n) }))} value={query.subject} onChange={(subject) => change({ subject })} />
      <Choice place="k-filter-select" label={t('field.deed')} every={t('trail.all_deeds')} values={deedNouns.map((noun) => ({ value: noun, label: nounText(noun) }))} value={query.deed} onChange={(deed) => change({ deed })} />
      <div className="k-filter-select">
        <PersonChoice value={query.actor} onChange={(actor) => change({ actor: actor ?? '' })} />
      </div>
      {narrowed && (
        <ul className="k-chips" aria-label={t('filter.active')}>
          {window !== null && (
            <Chip name={t('field.time')} onDrop={() => change({ window: '' })}>
              {t(`window.in_${window}`)}
            </Chip>
          )}
          {query.subject !== undefined && (
            <Chip name={t('field.subject')} onDrop={() => change({ subject: '' })}>
              <SubjectText subject={query.subject} />
            </Chip>
          )}
          {query.deed !== undefined && (
            <Chip name={t('field.deed')} onDrop={() => change({ deed: '' })}>
              {nounText(query.deed)}
            </Chip>
          )}
          {query.actor !== undefined && (
            <Chip name={t('field.actor')} onDrop={() => change({ actor: '' })}>
              <ActorText actor={query.actor} />
            </Chip>
          )}
          <li>
            <Button variant="subtle" color="gray" onClick={() => change(Object.fromEntries(queryNames.map((name) => [name, ''])))}>
              {t('filter.drop_all')}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
