import './access.css';
import { useTranslation } from 'react-i18next';
import { address } from '@/contract/client';
import { useMay } from '@/contract/use-session';
import { CopyButton } from './copy-button';
import { useFormat } from './format';
import { Panel } from './panel';

const forms = [
  ['Atom', 'findings.atom'],
  ['JSON Feed', 'findings.json'],
] as const;

/** Where feed readers find the findings of an organisation, in the language of the desk; for those who may see findings. */
export function WebFeedsOf({ organisation }: { organisation: string }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  if (!useMay()('findings.read')) return null;
  return (
    <Panel title={t('web_feed.title')} note={t('web_feed.note')}>
      <div className="k-stack">
        <p>{t('web_feed.text')}</p>
        {forms.map(([name, file]) => {
          const place = new URL(address(`/organisations/${organisation}/${file}`, { language }), window.location.href).href;
          return (
            <div key={file} className="k-told-line">
              <code className="k-secret" translate="no">
                {place}
              </code>
              <CopyButton text={place} label={name} />
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
