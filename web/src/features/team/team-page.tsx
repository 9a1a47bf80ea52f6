import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tongues, type Language, type Team } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { HistoryOf } from '@/ui/history-of';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { saveInPlace } from '@/ui/save-in-place';
import { TableSkeleton } from '@/ui/table-skeleton';
import { useBegun } from '@/ui/use-begun';
import { gapsOf, inputOf } from './fields';
import { TeamForm } from './team-form';
import { useSaveTeam, useTeam } from './use-team';

/** What is still to be told; nothing where nothing is. */
function Gaps({ team }: { team: Team }) {
  const { t } = useTranslation();
  const gaps = gapsOf(team.missing);
  if (gaps.length === 0) return null;
  const named = (language: Language | undefined) => gaps.filter((gap) => gap.language === language).map(({ field }) => t(`team_field.${field}`));
  const rows = [undefined, ...tongues].map((language) => [language, named(language)] as const).filter(([, names]) => names.length > 0);
  return (
    <Panel title={t('team.missing')} note={t('team.missing_note')}>
      <dl className="k-facts">
        {rows.map(([language, names]) => (
          <div key={language ?? 'any'}>
            <dt>{language === undefined ? t('team.missing_any') : t(`language.${language}`)}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** The team as it describes itself on the public pages. */
export function TeamPage() {
  const { t, i18n } = useTranslation();
  const shown = tongues.find((tongue) => tongue === i18n.resolvedLanguage) ?? 'mk';
  const [language, setLanguage] = useState<Language>(shown);
  const stored = useTeam();
  const { data: team, error, refetch } = stored;
  const { begun, renew } = useBegun(stored);
  const save = useSaveTeam();
  const undo = useSaveTeam();
  const answer = () => {
    if (team === undefined) return '\u00a0';
    if (team.version === 0) return t('team.answer_none');
    return team.missing.length === 0 ? t('team.answer_complete') : t('team.answer_missing', { count: team.missing.length });
  };
  return (
    <>
      <PageHeader
        title={t('nav.team')}
        answer={answer()}
        actions={
          <Button component="a" href={`/${language}/about`} target="_blank" rel="noopener" variant="default" leftSection={<IconExternalLink size={15} aria-hidden />}>
            {t('team.preview')}
          </Button>
        }
      />
      {team === undefined && (error === null ? <TableSkeleton /> : <Failure error={error} retry={() => void refetch()} />)}
      {team !== undefined && (
        <div className="k-stack">
          {team.changed_at !== null && (
            <p className="k-faint">
              {t('field.changed')} <Moment at={team.changed_at} />
            </p>
          )}
          <Gaps team={team} />
          {begun !== undefined && <TeamForm key={begun.version} team={begun} language={language} onLanguage={setLanguage} onRenew={() => void renew(save.reset)} error={save.error} saving={save.isPending} onSave={(...written) => saveInPlace({ subject: 'team:', begun, save, undo, inputOf, said: t('team.saved') }, ...written)} />}
          <HistoryOf subject="team:" />
        </div>
      )}
    </>
  );
}
