import './organisations.css';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { proposalStates, type Proposal, type ProposalPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Choice } from '@/ui/choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { Places } from './places';
import { ProposalCard } from './proposal-card';
import { useOpenProposals } from './use-proposals';

const names = ['state'] as const;

/** What constituents want changed: the team decides, its proposers follow. */
export function ProposalsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const decides = useMay()('proposals.decide');
  const [query, change] = useQueryState(names);
  const { data: open } = useOpenProposals();
  const pages = usePages<Proposal, ProposalPage>('/proposals', { state: query.state });
  return (
    <>
      <PageHeader title={t('proposals.title')} answer={open === undefined ? '\u00a0' : open === 0 ? t('proposals.answer_none') : t(decides ? 'proposals.answer' : 'proposals.answer_own', { count: open, n: format.number(open) })} />
      <Places />
      <div className="k-tools">
        <Choice label={t('field.state')} every={t('proposals.all')} values={proposalStates.map((state) => ({ value: state, label: t(`proposal_state.${state}`) }))} value={query.state} onChange={(state) => change({ state })} />
      </div>
      <PagedList
        pages={pages}
        total={pages.first?.total}
        whenEmpty={
          query.state === undefined ? (
            <Empty icon={<IconInbox size={26} />} title={t('proposals.empty_title')}>
              <p>{t('proposals.empty_text')}</p>
            </Empty>
          ) : undefined
        }
      >
        <ul className="k-proposals">
          {pages.rows.map((proposal) => (
            <ProposalCard key={proposal.id} proposal={proposal} />
          ))}
        </ul>
      </PagedList>
    </>
  );
}
