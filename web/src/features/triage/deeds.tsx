import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import type { Report, ReportStory } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { useNavigate } from '@/ui/navigate';
import { say } from '@/ui/toast';
import { useKey } from '@/ui/use-key';
import { MergeDialog, PassOnDialog, RefuseDialog } from './deed-dialogs';
import { useDecision, type Choice } from './use-decision';
import { useDecide } from './use-reports';

const dialogs = { join: MergeDialog, refuse: RefuseDialog, pass_on: PassOnDialog } as const;
type Asked = keyof typeof dialogs;

/** The key of each deed, in the order in which they are offered. */
const keys = { accept: 'a', join: 'm', refuse: 'r', pass_on: 'p' } as const;
const asked: readonly Asked[] = ['join', 'refuse', 'pass_on'];

function Key({ of }: { of: keyof typeof keys }) {
  return <kbd className="k-key">{keys[of].toUpperCase()}</kbd>;
}

function DecisionDeeds({ story, onDecided }: { story: ReportStory; onDecided: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { report } = story;
  const { decide, doing } = useDecision(report);
  const [chosen, setChosen] = useState<Asked>();
  const accept = () => navigate(paths.reportAccept(report.id));
  useKey(keys.accept, accept);
  useKey(keys.join, () => setChosen('join'));
  useKey(keys.refuse, () => setChosen('refuse'));
  useKey(keys.pass_on, () => setChosen('pass_on'));
  const go = (choice: Choice) =>
    decide(choice, () => {
      setChosen(undefined);
      onDecided();
    });
  const close = () => {
    setChosen(undefined);
    doing.reset();
  };
  const Asking = chosen === undefined ? undefined : dialogs[chosen];
  return (
    <div className="k-stack">
      <div className="k-report-deeds" role="group" aria-label={t('triage.decide')}>
        <Button onClick={accept} rightSection={<Key of="accept" />} aria-keyshortcuts={keys.accept}>
          {t('triage.accept')}…
        </Button>
        {asked.map((deed) => (
          <Button key={deed} variant="default" onClick={() => setChosen(deed)} rightSection={<Key of={deed} />} aria-keyshortcuts={keys[deed]}>
            {t(`triage.${deed}`)}…
          </Button>
        ))}
      </div>
      {report.waiting_in_group > 1 && <p className="k-faint">{t('triage.of_all', { count: report.waiting_in_group, n: format.number(report.waiting_in_group) })}</p>}
      {Asking !== undefined && <Asking story={story} doing={doing} onDo={go} onClose={close} />}
    </div>
  );
}

function WaitAgain({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const decide = useDecide();
  const again = () => decide.mutate({ decision: { decision: 'wait_again', reports: [report.id] } }, { onSuccess: ({ reports: { length: count } }) => say(t('triage.wait_again_said', { count, n: format.number(count) })) });
  return (
    <div className="k-stack">
      {decide.error !== null && <Failure error={decide.error} />}
      <div className="k-report-deeds">
        <Button variant="default" loading={decide.isPending} leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={again}>
          {t('triage.wait_again')}
        </Button>
      </div>
    </div>
  );
}

interface DeedsProps {
  story: ReportStory;
  onDecided: () => void;
}

/** What becomes of a report and of all that wait with it, or the way back; nothing for those who only read. */
export function Deeds({ story, onDecided }: DeedsProps) {
  const may = useMay();
  if (!may('incidents.manage')) return null;
  return story.report.state === 'waiting' ? <DecisionDeeds story={story} onDecided={onDecided} /> : <WaitAgain report={story.report} />;
}
