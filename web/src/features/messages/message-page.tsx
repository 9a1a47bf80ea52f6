import './messages.css';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { HistoryOf } from '@/ui/history-of';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { Deeds } from './deeds';
import { About, Advice, Attempts, Contents, Marks, useAnswer, Way } from './message-story';
import { useMessage } from './use-messages';

/** One message: what it says, to whom and how it goes, and what became of it. */
export function MessagePage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { id = '' } = useParams();
  const { data: message, error, refetch } = useMessage(id);
  const above = <BackLink to={paths.messages()} icon={IconSend}>{t('nav.outbox')}</BackLink>;
  if (message === undefined) return <AwaitedPage title={t('messages.one')} above={above} asked={{ error, refetch }} />;
  return (
    <>
      <PageHeader title={message.subject} written={message.language} above={above} marks={<Marks message={message} />} answer={answer(message)} actions={<Deeds message={message} />} />
      <div className="k-columns">
        <div>
          <Advice message={message} />
          <Panel title={t('message_field.text')}>
            <Contents message={message} />
          </Panel>
          <Panel title={t(message.channel === 'webhook' ? 'webhook.history' : 'messages.history')}>
            <Attempts message={message} />
          </Panel>
          <HistoryOf subject={`message:${message.id}`} />
        </div>
        <div>
          <Panel title={t('messages.way')}>
            <Way message={message} />
          </Panel>
          <Panel title={t('messages.about')}>
            <About message={message} />
          </Panel>
        </div>
      </div>
    </>
  );
}
