import { IconCloudOff, IconDatabaseOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '@/contract/use-status';
import { useStreamState } from '@/contract/use-stream';
import { useFormat } from '@/ui/format';
import { Reason } from '@/ui/reason';

/** True once something has held for a while, so that a blink is not a notice. */
function useLasting(now: boolean, milliseconds: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasted(now), now ? milliseconds : 0);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return now && lasted;
}

/** What everyone must know before reading on: no connection, or no storage. */
export function Notices() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: status, isError, dataUpdatedAt } = useStatus();
  const streaming = useStreamState() === 'live';
  const away = useLasting(isError && !streaming, 2000);
  const down = status?.storage.state === 'unavailable';
  return (
    <div className="k-notices" role="status">
      {away && (
        <p className="k-notice" data-tone="warn">
          <IconCloudOff size={17} aria-hidden />
          {dataUpdatedAt === 0 ? t('notice.unreachable') : t('notice.offline', { time: format.time(new Date(dataUpdatedAt).toISOString()) })}
        </p>
      )}
      {!away && down && (
        <p className="k-notice" data-tone="bad">
          <IconDatabaseOff size={17} aria-hidden />
          {t('notice.storage')}
          {status.storage.reason !== null && (
            <span>
              <Reason text={status.storage.reason} />
            </span>
          )}
        </p>
      )}
    </div>
  );
}
