import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JournalEntry } from '@/contract/types';
import { ActorName } from '@/ui/actor-name';
import { DifferenceView } from '@/ui/difference-view';
import { Facts } from '@/ui/facts';
import { Moment } from '@/ui/moment';
import { SidePanel } from '@/ui/side-panel';
import { deedText, kindOf, kindText, nameOf, pageOf } from '@/ui/trail-words';

function Subject({ entry }: { entry: JournalEntry }) {
  const { t, i18n } = useTranslation();
  const page = pageOf(entry.subject);
  const kind = kindText(kindOf(entry.subject), t, i18n);
  const text = nameOf(entry) ?? entry.subject.slice(entry.subject.indexOf(':') + 1);
  const shown = text === '' ? kind : text; // Of some kinds there is one only.
  return (
    <>
      {text !== '' && `${kind}: `}
      {page === undefined ? shown : <Link to={page}>{shown}</Link>}
    </>
  );
}

/** One entry of the trail: who, from where, why, and what it changed. */
export function EntryPanel({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <SidePanel title={t('trail.entry', { number: entry.sequence })} onClose={onClose}>
      <div className="k-side-content">
        <section>
          <p className="k-part-name">{deedText(entry.deed, t, i18n)}</p>
          <Facts
            items={[
              [t('field.subject'), <Subject key="subject" entry={entry} />],
              [t('field.actor'), <ActorName key="actor" entry={entry} />],
              [t('field.time'), <Moment key="time" at={entry.at} as="full" />],
              [t('field.origin'), entry.origin === null ? '–' : <span key="origin" className="k-address">{entry.origin}</span>],
              [t('why.short'), entry.why ?? t('trail.no_why')],
            ]}
          />
        </section>
        <section>
          <h3 className="k-part-title">{t('trail.difference')}</h3>
          {entry.erased ? <p>{t('trail.erased')}</p> : <DifferenceView before={entry.before} after={entry.after} />}
        </section>
        <section>
          <h3 className="k-part-title">{t('trail.hash')}</h3>
          <p className="k-hash" translate="no">
            {entry.hash}
          </p>
          <p className="k-line-note">
            <span translate="no">{entry.deed}</span> · <span translate="no">{entry.subject}</span>
          </p>
        </section>
      </div>
    </SidePanel>
  );
}
