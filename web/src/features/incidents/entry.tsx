import { IconAlertTriangle, IconArrowMerge, IconArrowRight, IconArrowsSplit2, IconChecklist, IconFlag3, IconLink, IconMessage, IconMessageOff, IconMessageReport, IconNote, IconPencil, IconTool, IconUnlink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { IncidentChange, IncidentEntry } from '@/contract/types';
import { sideOf } from '@/ui/difference';
import { DifferenceView } from '@/ui/difference-view';
import { IncidentName } from '@/ui/incident-name';
import { textIn } from '@/ui/local-text';
import { Markdown } from '@/ui/markdown';
import { Moment } from '@/ui/moment';
import { isLate } from './days';
import { useTold } from './use-told';
import { useWords } from './use-words';

const icons: Readonly<Record<IncidentEntry['kind'], typeof IconNote>> = {
  happened: IconAlertTriangle,
  done: IconTool,
  said: IconMessage,
  note: IconNote,
  opened: IconFlag3,
  step: IconArrowRight,
  changed: IconPencil,
  linked: IconLink,
  unlinked: IconUnlink,
  merged: IconArrowMerge,
  unmerged: IconArrowsSplit2,
  reported: IconMessageReport,
  withdrawn: IconMessageOff,
  checked: IconChecklist,
};

/** What tells of another incident. */
const ofTwo: readonly IncidentEntry['kind'][] = ['linked', 'unlinked', 'merged', 'unmerged'];

/** What tells of a report. */
const ofReport: readonly IncidentEntry['kind'][] = ['reported', 'withdrawn'];

/** What became of what: a step, what was changed, the other incident, or the report. */
function Change({ of, change: { from = null, to = null, fields = [], kind, other = null, report = null, step = null, check } }: { of: IncidentEntry['kind']; change: IncidentChange }) {
  const { t } = useTranslation();
  const words = useWords();
  const told = useTold();
  return (
    <>
      {to !== null && (
        <p>
          {from !== null && <>{words.state(from)} → </>}
          <strong>{words.state(to)}</strong>
        </p>
      )}
      {check !== undefined && (
        <p>
          {step === null ? '–' : textIn(step, words.language)} → <strong>{t(`check_state.${check}`)}</strong>
        </p>
      )}
      {fields.length > 0 && <DifferenceView before={told(sideOf(fields, 'before'))} after={told(sideOf(fields, 'after'))} />}
      {ofTwo.includes(of) && (
        <p>
          {kind !== undefined && t(`incident_link.${kind}`)} {of === 'merged' && t('incidents.merged_into')} {other === null ? <span className="k-faint">{t('incidents.not_yours')}</span> : <IncidentName of={other} />}
        </p>
      )}
      {ofReport.includes(of) && (
        <p>
          {report === null ? <span className="k-faint">{t('incidents.report_not_yours')}</span> : <Link to={paths.report(report.id)} translate={report.subject === null ? undefined : 'no'}>{report.subject ?? t('triage.no_subject')}</Link>}
        </p>
      )}
    </>
  );
}

/** One entry: what kind it is in words and by mark, who wrote it, when it was. `of` is the incident whose timeline is read. */
export function Entry({ entry, of }: { entry: IncidentEntry; of: string }) {
  const { t } = useTranslation();
  const Icon = icons[entry.kind];
  return (
    <li className="k-entry" data-kind={entry.kind}>
      <span className="k-entry-mark">
        <Icon size={15} aria-hidden />
      </span>
      <div className="k-entry-body">
        <p className="k-entry-head">
          <strong>{t(`incident_entry.${entry.kind}`)}</strong>
          <span>{entry.by ?? t('actor.unknown')}</span>
          <span>
            <Moment at={entry.at} as="time" /> · <Moment at={entry.at} as="ago" />
          </span>
          {isLate(entry) && (
            <span className="k-faint">
              {t('incidents.written')} <Moment at={entry.written_at} />
            </span>
          )}
          {entry.incident.id !== of && (
            <span>
              {t('incidents.of_number')} <IncidentName of={entry.incident} />
            </span>
          )}
        </p>
        {entry.change !== null && <Change of={entry.kind} change={entry.change} />}
        {entry.text !== null && <Markdown text={entry.text} />}
      </div>
    </li>
  );
}
