import { Button, Checkbox } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/copy-button';
import { download } from '@/ui/csv';

interface RecoveryCodesProps {
  codes: readonly string[];
  /** To sign in with. */
  name: string;
  onKept: () => void;
}

/** The recovery codes, told once: to be copied, downloaded or printed before one goes on. */
export function RecoveryCodes({ codes, name, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = codes.join('\n');
  return (
    <section className="k-stack" aria-labelledby="k-recovery">
      <div className="k-print-alone">
        <h2 id="k-recovery" ref={heading} tabIndex={-1} className="k-recovery-title">
          {t('recovery.title')}
        </h2>
        <p>{t('recovery.text', { name })}</p>
        <ul className="k-codes" translate="no">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="k-form-end k-no-print">
        <CopyButton text={text} />
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => download(`kula-${name}.txt`, `${t('recovery.file', { name, place: window.location.host })}\r\n\r\n${codes.join('\r\n')}\r\n`, 'text/plain')}>
          {t('recovery.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>
          {t('action.print')}
        </Button>
      </div>
      <Checkbox className="k-no-print" label={t('recovery.kept')} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <div className="k-form-end k-no-print">
        <Button size="sm" disabled={!kept} onClick={onKept}>
          {t('sign_in.continue')}
        </Button>
      </div>
    </section>
  );
}
