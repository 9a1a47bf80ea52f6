import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Indicator } from '@/contract/types';
import { Classification } from './classification';
import { Meter } from './meter';
import { Moment } from './moment';
import { PapBadge, TlpBadge } from './tlp-badge';

/** Who says that an indicator is bad: how surely, since when, until when, and under which label. */
export function SourceList({ sources }: { sources: Indicator['sources'] }) {
  const { t } = useTranslation();
  return (
    <ul className="k-sources">
      {sources.map((source) => (
        <li key={source.name} data-inactive={!source.active || undefined}>
          <div className="k-source-head">
            <Link to={paths.indicators({ source: source.name })}>{source.name}</Link>
            <span className="k-marks">
              <TlpBadge tlp={source.tlp} readers={source.readers} />
              <PapBadge pap={source.pap} />
            </span>
          </div>
          <div className="k-source-line">
            <Classification of={source} />
            <Meter value={source.effective_confidence} label={t('field.confidence')} />
          </div>
          <p className="k-source-note">
            {t('source.listed')} <Moment at={source.first_listed} as="day" /> – <Moment at={source.last_listed} as="day" />
            {' · '}
            {source.valid_until === null ? (
              t('source.no_end')
            ) : (
              <>
                {t('source.until')} <Moment at={source.valid_until} as="day" />
              </>
            )}
            {source.confidence !== source.effective_confidence && ` · ${t('source.given', { value: source.confidence })}`}
          </p>
          {!source.active && <span className="k-mark">{t('state.inactive')}</span>}
          {source.comment !== null && <p className="k-source-comment">{source.comment}</p>}
        </li>
      ))}
    </ul>
  );
}
