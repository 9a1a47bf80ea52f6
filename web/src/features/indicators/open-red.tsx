import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import { followSession } from '@/contract/session';
import { useSession } from '@/contract/use-session';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { Moment } from '@/ui/moment';

function Opening({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const open = useMutation({
    mutationFn: () => write<{ until: string }>('POST', '/session/red', { body: { why } }),
    onSuccess: async () => {
      onClose();
      await followSession();
      await client.invalidateQueries();
    },
  });
  return (
    <DeedDialog title={t('red.title')} deed={t('red.open')} tone="grave" doing={open} told={why.trim() !== ''} onDo={() => open.mutate()} onClose={onClose}>
      <p>{t('red.text')}</p>
      <Textarea label={t('red.why')} required withAsterisk={false} autosize minRows={2} maxLength={1000} value={why} onChange={(event) => setWhy(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

/** For the case that nobody who is named can act: what is TLP:RED, for a while, with a reason in the trail. */
export function OpenRed() {
  const { t } = useTranslation();
  const until = useSession()?.red_until ?? null;
  const [opening, setOpening] = useState(false);
  if (until !== null) {
    return (
      <span className="k-mark" data-tone="warn">
        {t('red.is_open')} <Moment at={until} />
      </span>
    );
  }
  return (
    <Allowed to="red.open">
      <Button variant="default" leftSection={<IconLockOpen size={14} aria-hidden />} onClick={() => setOpening(true)}>
        {t('red.open')}
      </Button>
      {opening && <Opening onClose={() => setOpening(false)} />}
    </Allowed>
  );
}
