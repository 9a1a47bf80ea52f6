import { Button } from '@mantine/core';
import { IconSend, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageSummary } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { say } from '@/ui/toast';
import { WhyField } from '@/ui/why-field';
import { mayCancel, mayRetry } from './stand';
import { useDeed, type MessageDeed } from './use-messages';

const names = { retry: 'retry', cancellation: 'cancel' } as const;

/** Says to whom it goes, under which label and what is decided anew; or that it never goes. */
function Asked({ message, deed, onClose }: { message: MessageSummary; deed: MessageDeed; onClose: () => void }) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const doing = useDeed(message.id, deed);
  const name = names[deed];
  const to = { contact: message.contact, address: message.address, label: `TLP:${message.tlp.toUpperCase()} PAP:${message.pap.toUpperCase()}` };
  const done = () => {
    say(t(`messages.${name}_done`, to));
    onClose();
  };
  return (
    <DeedDialog title={t(`messages.${name}_title`, { subject: message.subject })} deed={t(`messages.${name}`)} tone={deed === 'retry' ? 'plain' : 'grave'} doing={doing} onDo={() => doing.mutate(why, { onSuccess: done })} onClose={onClose}>
      <p>{t(`messages.${name}_text`, to)}</p>
      {deed === 'retry' && message.reason === 'address_disabled' && <p>{t('messages.retry_address', to)}</p>}
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** What one may do with a message as it stands. */
export function Deeds({ message }: { message: MessageSummary }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<MessageDeed>();
  if (!mayRetry(message.state) && !mayCancel(message.state)) return null;
  return (
    <Allowed to="messages.write">
      <div className="k-message-deeds">
        {mayRetry(message.state) && (
          <Button variant={message.state === 'waiting' ? 'default' : 'filled'} leftSection={<IconSend size={14} aria-hidden />} onClick={() => setAsked('retry')}>
            {t('messages.retry')}
          </Button>
        )}
        {mayCancel(message.state) && (
          <Button variant="default" leftSection={<IconX size={14} aria-hidden />} onClick={() => setAsked('cancellation')}>
            {t('messages.cancel')}
          </Button>
        )}
      </div>
      {asked !== undefined && <Asked message={message} deed={asked} onClose={() => setAsked(undefined)} />}
    </Allowed>
  );
}
