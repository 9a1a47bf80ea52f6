import { Button, FileButton } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Feed, SentDelivery } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';
import { useSendDelivery } from './use-feeds';

type SentFile = SentDelivery['files'][number];

function FileTold({ file }: { file: SentFile }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <section aria-label={file.file}>
      <p className="k-strong" translate="no">
        {file.file}
      </p>
      <p className={file.refused || !file.complete ? 'k-bad' : 'k-faint'}>{t(file.refused ? 'feeds.sent_refused' : file.complete ? 'feeds.sent_read' : 'feeds.sent_incomplete')}</p>
      {file.reason !== null && (
        <p>
          <Reason text={file.reason} ofFile />
        </p>
      )}
      {!file.refused && (
        <Facts
          items={[
            [t('feeds.rows'), number(file.rows)],
            [t('feeds.accepted'), number(file.accepted)],
            [t('feeds.duplicates'), number(file.duplicates)],
            [t('feeds.quarantined'), number(file.quarantined)],
            [t('feeds.events'), number(file.events)],
          ]}
        />
      )}
    </section>
  );
}

/** A file that somebody has at hand goes the way the feed's own would go. */
export function Sending({ feed }: { feed: Feed }) {
  const { t } = useTranslation();
  const send = useSendDelivery();
  const take = (file: File | null) => {
    if (file !== null) send.mutate({ feed, file });
  };
  return (
    <Panel title={t('feeds.send')} note={t('feeds.send_note')}>
      <div className="k-stack">
        <div>
          <FileButton onChange={take}>
            {(props) => (
              <Button {...props} variant="default" loading={send.isPending} leftSection={<IconFileUpload size={15} aria-hidden />}>
                {t('import.choose')}
              </Button>
            )}
          </FileButton>
        </div>
        <div role="status" className="k-stack">
          {send.error !== null && <Failure error={send.error} />}
          {send.data?.files.map((file) => <FileTold key={file.file} file={file} />)}
        </div>
      </div>
    </Panel>
  );
}
