import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { RecordPanel } from '@/ui/record-panel';
import { Deeds } from './deeds';
import { About, Advice, Attempts, Contents, Marks, useAnswer, Way } from './message-story';
import { useMessage } from './use-messages';

/** One message beside the outbox: what became of it, what to do, to whom and how it goes, and what it says. */
export function MessagePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  return (
    <RecordPanel title={t('messages.one')} onClose={onClose} asked={useMessage(id)} to={paths.message(id)} marks={(message) => <Marks message={message} />}>
      {(message) => (
        <>
          <div>
            <h3 className="k-message-title" lang={message.language} translate="no">
              {message.subject}
            </h3>
            <p>{answer(message)}</p>
          </div>
          <Advice message={message} />
          <Deeds message={message} />
          <section>
            <h3 className="k-part-title">{t('messages.way')}</h3>
            <Way message={message} />
          </section>
          <About message={message} />
          <section>
            <h3 className="k-part-title">{t(message.channel === 'webhook' ? 'webhook.history' : 'messages.history')}</h3>
            <Attempts message={message} />
          </section>
          <section>
            <h3 className="k-part-title">{t('message_field.text')}</h3>
            <Contents message={message} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
