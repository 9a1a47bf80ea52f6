import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, whateverBecame } from '@/contract/paths';
import { reportStates, type ReportPage } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Tabs } from '@/ui/tabs';
import { isQueue, type Filter } from './filter';

/** What waits, with how many, and what became of the others; what else the list is narrowed to stays. */
export function StateTabs({ filter, page }: { filter: Filter; page: ReportPage | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { group: _group, incident: _incident, state, ...kept } = filter;
  const tabs = [
    ...reportStates.map((each) => (each === 'waiting' ? ([undefined, `${t('triage.waiting_tab')}${page === undefined ? '' : ` (${format.number(page.waiting)})`}`] as const) : ([each, t(`triage.${each}_tab`)] as const))),
    [whateverBecame, t('triage.all_tab')] as const,
  ];
  const present = isQueue(filter) ? undefined : (state ?? whateverBecame);
  return (
    <Tabs label={t('field.state')}>
      {tabs.map(([each, text]) => (
        <Link key={each ?? 'queue'} to={paths.triage({ ...kept, ...(each === undefined ? {} : { state: each }) })} className={each === present ? 'active' : ''} aria-current={each === present ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </Tabs>
  );
}
