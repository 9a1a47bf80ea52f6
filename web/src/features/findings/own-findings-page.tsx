import './findings.css';
import { Checkbox, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import { openStates, type Finding, type FindingPage, type FindingState } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';
import { ExportButton } from '@/ui/export-button';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { LoadMore } from '@/ui/load-more';
import { textIn } from '@/ui/local-text';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { findingsCsv } from './columns';
import { OwnAnswers } from './own-answers';
import { OwnFinding } from './own-finding';

/** What is still to be done, what waits for sources to show that it is gone, and what is over. */
const groups = { todo: openStates, checking: ['claimed_fixed'], done: ['verified', 'accepted_risk', 'not_ours', 'false_positive'] } as const satisfies Record<string, readonly FindingState[]>;
type Group = keyof typeof groups;
const names = Object.keys(groups) as Group[];

function useSentence(): (page: FindingPage | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (page) => {
    if (page === undefined) return '\u00a0';
    if (page.open === 0) return t('own.nothing_open');
    return t('findings.answer_own', { findings: t('count.open_findings', { count: page.open, n: format.number(page.open) }), overdue: format.number(page.overdue) });
  };
}

function List({ group, several }: { group: Group; several: boolean }) {
  const { t } = useTranslation();
  const pages = usePages<Finding, FindingPage>('/findings', { state: groups[group].join(','), sort: '-severity' }, 50);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const choose = (chosen: boolean, ...of: string[]) => setIds((before) => new Set(chosen ? [...before, ...of] : [...before].filter((id) => !of.includes(id))));
  const answerable = pages.rows.filter(({ next_states: next }) => next.length > 0);
  const chosen = answerable.filter(({ id }) => ids.has(id));
  if (pages.first === undefined) return pages.error === null ? <TableSkeleton rows={8} /> : <Failure error={pages.error} retry={() => void pages.refetch()} />;
  if (pages.rows.length === 0) {
    return (
      <Panel>
        <p className="k-own-none">
          <IconCircleCheck size={24} stroke={1.7} aria-hidden />
          {t(`own.none_${group}`)}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title={t(`own.${group}`)} note={t(`own.${group}_note`)} flush>
      {answerable.length > 1 && (
        <Checkbox
          size="sm"
          className="k-own-all"
          label={t('own.choose_all')}
          checked={chosen.length === answerable.length}
          indeterminate={chosen.length > 0 && chosen.length < answerable.length}
          onChange={(event) => choose(event.currentTarget.checked, ...answerable.map(({ id }) => id))}
        />
      )}
      <ul className="k-owns">
        {pages.rows.map((finding) => (
          <OwnFinding key={finding.id} finding={finding} organisation={several ? finding.organisation?.name : undefined} chosen={ids.has(finding.id)} onChoose={(next) => choose(next, finding.id)} />
        ))}
      </ul>
      <LoadMore shown={pages.rows.length} total={pages.first.total} more={pages.hasNextPage} loading={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
      <OwnAnswers chosen={chosen} onDone={() => setIds(new Set())} />
    </Panel>
  );
}

/** The day of those who look after one organisation: what was found there, worst first, and what to do about it; above and below it what the app adds. */
export function OwnFindingsPage({ above, below }: { above: ReactNode; below: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useSentence();
  const [{ show }, change] = useQueryState(['show'] as const);
  const group = names.find((name) => name === show) ?? 'todo';
  const { data: all } = useQuery({ queryKey: ['/findings', 'own'], queryFn: ({ signal }) => read<FindingPage>('/findings', { limit: 1 }, signal) });
  const sum = (name: Group) => groups[name].reduce((total, state) => total + (all?.states[state] ?? 0), 0);
  const csv: readonly CsvColumn<Finding>[] = [...findingsCsv, ['title', (finding) => textIn(finding.title, format.language)]];
  return (
    <>
      <PageHeader title={t('own.title')} answer={sentence(all)} actions={<ExportButton name="findings" columns={csv} rows={{ path: '/findings', query: { sort: '-severity' } }} />} />
      <div className="k-stack">
        {above}
        <SegmentedControl
          fullWidth
          className="k-own-groups"
          aria-label={t('own.groups')}
          value={group}
          onChange={(next) => change({ show: next === 'todo' ? undefined : next })}
          data={names.map((name) => ({ value: name, label: `${t(`own.${name}`)}${all === undefined ? '' : ` ${format.number(sum(name))}`}` }))}
        />
        <List key={group} group={group} several={(all?.organisations ?? 0) > 1} />
        {below}
      </div>
    </>
  );
}
