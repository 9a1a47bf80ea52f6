import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Proposal } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { say } from '@/ui/toast';
import { ChangeList } from './change-list';
import { useDecide } from './use-proposals';

const tones = { open: 'warn', approved: 'good', refused: 'bad', withdrawn: undefined } as const;

/** Who else claims what is to be claimed. */
function Overlaps({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  if (proposal.overlaps.length === 0) return null;
  return (
    <div className="k-warning">
      <p>
        <IconAlertTriangle size={15} aria-hidden /> {t('proposals.overlaps')}
      </p>
      <ul className="k-claimants">
        {proposal.overlaps.map(({ network, claim }) => (
          <li key={network + claim.value}>
            <span className="k-address">{network}</span> ↔ <span className="k-address">{claim.value}</span>{' '}
            {claim.organisations.map((organisation, index) => (
              <span key={organisation.id}>
                {index > 0 && ', '}
                <Link to={paths.organisation(organisation.id)}>{organisation.name}</Link>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Refusal({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const decide = useDecide();
  return (
    <DeedDialog title={t('proposals.refuse_title')} deed={t('proposals.refuse')} tone="grave" doing={decide} told={reason.trim() !== ''} onDo={() => decide.mutate({ id: proposal.id, deed: 'refusal', reason }, { onSuccess: () => { say(t('proposals.refused')); onClose(); } })} onClose={onClose}>
      <Textarea label={t('proposals.reason')} description={t('proposals.reason_note')} required autosize minRows={3} maxRows={10} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

function Decisions({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const [refusing, setRefusing] = useState(false);
  const decide = useDecide();
  return (
    <>
      {decide.error !== null && <Failure error={decide.error} />}
      <div className="k-form-end">
        <Allowed to="proposals.decide">
          <Button leftSection={<IconCheck size={15} aria-hidden />} disabled={proposal.outdated} loading={decide.isPending} onClick={() => decide.mutate({ id: proposal.id, deed: 'approval' }, { onSuccess: () => say(t('proposals.approved')) })}>
            {t('proposals.approve')}
          </Button>
          <Button variant="default" leftSection={<IconX size={15} aria-hidden />} onClick={() => setRefusing(true)}>
            {t('proposals.refuse')}
          </Button>
        </Allowed>
        {proposal.mine && (
          <Button variant="default" leftSection={<IconArrowBackUp size={15} aria-hidden />} loading={decide.isPending} onClick={() => decide.mutate({ id: proposal.id, deed: 'withdrawal' }, { onSuccess: () => say(t('proposals.withdrawn')) })}>
            {t('proposals.withdraw')}
          </Button>
        )}
      </div>
      {refusing && <Refusal proposal={proposal} onClose={() => setRefusing(false)} />}
    </>
  );
}

const Said = ({ title, children }: { title: string; children: ReactNode }) => (
  <blockquote className="k-said">
    <strong>{title}</strong> {children}
  </blockquote>
);

/** One proposal: what would change, what stands against it, and what became of it. */
export function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const { organisation, state } = proposal;
  return (
    <li className="k-proposal k-stack">
      <header>
        <h2>{organisation === null ? t('field.organisation') : <Link to={paths.organisation(organisation.id)}>{organisation.name}</Link>}</h2>
        <span className="k-mark" data-tone={tones[state]}>
          {t(`proposal_state.${state}`)}
        </span>
        <span className="k-faint">
          {proposal.proposed_by ?? '–'} · <Moment at={proposal.proposed_at} />
        </span>
      </header>
        {proposal.outdated && <p className="k-warning">{t('proposals.outdated')}</p>}
        {proposal.remark !== null && <Said title={t('proposals.said')}>{proposal.remark}</Said>}
        <ChangeList changes={proposal.changes} />
        <Overlaps proposal={proposal} />
        {proposal.reason !== null && <Said title={t('proposals.answered')}>{proposal.reason}</Said>}
        {proposal.decided_at !== null && (
          <p className="k-faint">
            {proposal.decided_by !== null && `${proposal.decided_by} · `}
            <Moment at={proposal.decided_at} />
          </p>
        )}
        {state === 'open' && <Decisions proposal={proposal} />}
    </li>
  );
}
