import './triage.css';
import { IconMessageReport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import type { ReportInput, ReportStory } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { BackLink } from '@/ui/back-link';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { say } from '@/ui/toast';
import { ReportForm } from './report-form';
import { useSend } from './use-reports';

/** Takes down a report that somebody told by telephone, by letter or in person. */
export function ReportFormPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const send = useSend();
  const submit = (input: ReportInput, letGo: () => void) => {
    const received = ({ report: { id } }: ReportStory) => {
      letGo();
      say(t('triage.received_said'));
      navigate(may('incidents.read') ? paths.report(id) : paths.home);
    };
    send.mutate(input, { onSuccess: received });
  };
  return (
    <>
      <PageHeader title={t('triage.add')} answer={t('triage.form_text')} above={<BackLink to={paths.triage()} icon={IconMessageReport}>{t('nav.triage')}</BackLink>} />
      <ReportForm error={send.error} saving={send.isPending} onSave={submit} onCancel={() => navigate(paths.triage())} />
    </>
  );
}
