import { IconEyeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button';

interface ToldOnceProps {
  label: string;
  secret: string;
  /** For whom it is, how long it holds. */
  children: ReactNode;
}

/** A secret that the server tells once and never again. */
export function ToldOnce({ label, secret, children }: ToldOnceProps) {
  const { t } = useTranslation();
  return (
    <div className="k-told" role="group" aria-label={label}>
      <p className="k-told-warning">
        <IconEyeOff size={17} aria-hidden />
        {t('told.once')}
      </p>
      <div className="k-told-line">
        <code className="k-secret" translate="no">
          {secret}
        </code>
        <CopyButton text={secret} />
      </div>
      <div className="k-told-text">{children}</div>
    </div>
  );
}
