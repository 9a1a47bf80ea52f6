import { Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TeamHours } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { faultOf } from '@/ui/reason';
import { calendars, type Hours } from './draft';

type Span = TeamHours['working'];

const ends = ['from', 'until'] as const;
const workingAtFirst: Span = { from: '08:00', until: '16:00' };
const quietAtFirst: Span = { from: '22:00', until: '07:00' };

interface HoursProps {
  hours: Hours;
  faults: ReadonlyMap<string, string>;
  /** Absent for those who may not change them. */
  onChange?: (hours: Hours) => void;
}

interface SpanFieldsProps {
  field: 'working' | 'quiet';
  span: Span;
  faults: ReadonlyMap<string, string>;
  onChange: (span: Span) => void;
}

/** From when to when, as 08:30: a browser's own field shows twelve hours where its language has them. */
function SpanFields({ field, span, faults, onChange }: SpanFieldsProps) {
  const { t } = useTranslation();
  const name = t(`routing.hours_${field}`);
  return (
    <div className="k-form-row">
      {ends.map((end) => (
        <TextInput key={end} label={t(`routing.hours_${end}`, { name })} maxLength={5} autoComplete="off" value={span[end]} error={faultOf(faults, `hours.${field}.${end}`)} onChange={(event) => onChange({ ...span, [end]: event.currentTarget.value.trim() })} />
      ))}
    </div>
  );
}

/** The hours in words. */
function Told({ hours }: { hours: Hours }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (hours === null) return <p className="k-faint">{t('routing.hours_none_note')}</p>;
  const { calendar, working, quiet } = hours;
  return (
    <p>
      {t('routing.hours_told', { country: format.country(calendar.toUpperCase()), ...working })} {quiet != null && t('routing.quiet_told', { ...quiet })}
    </p>
  );
}

/** The team's hours, by which rules may wait. */
export function HoursFields({ hours, faults, onChange }: HoursProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const countries = calendars.map((value) => ({ value, label: format.country(value.toUpperCase()) }));
  return (
    <section className="k-hours" aria-label={t('routing.hours')}>
      {onChange === undefined ? (
        <>
          <h2 className="k-part-title">{t('routing.hours')}</h2>
          <Told hours={hours} />
        </>
      ) : (
        <div className="k-stack">
          <Select label={t('routing_field.calendar')} description={t('routing.calendar_note')} placeholder={t('routing.hours_none')} data={countries} value={hours?.calendar ?? null} error={faultOf(faults, 'hours.calendar')} clearable clearButtonProps={{ 'aria-label': t('action.clear') }} onChange={(calendar) => onChange(calendar === null ? null : { working: workingAtFirst, quiet: null, ...hours, calendar })} />
          {hours !== null && (
            <>
              <SpanFields field="working" span={hours.working} faults={faults} onChange={(working) => onChange({ ...hours, working })} />
              <Checkbox label={t('routing.quiet')} description={t('routing.quiet_note')} checked={hours.quiet != null} onChange={(event) => onChange({ ...hours, quiet: event.currentTarget.checked ? quietAtFirst : null })} />
              {hours.quiet != null && <SpanFields field="quiet" span={hours.quiet} faults={faults} onChange={(quiet) => onChange({ ...hours, quiet })} />}
            </>
          )}
        </div>
      )}
    </section>
  );
}
