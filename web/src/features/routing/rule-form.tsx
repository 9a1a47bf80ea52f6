// Of this page only; the first view does without them.
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { Button, Checkbox, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { tongues } from '@/contract/types';
import { useContactRoles } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { faultOf } from '@/ui/reason';
import { ConditionFields } from './condition-fields';
import { attachments, channels, countings, faultKey, leavings, longestPause, mostValues, nameIn, togethers, type Hours, type Leaves, type Rule } from './draft';
import { LadderFields } from './ladder-fields';
import { dayOf, endOfDay } from './until';
import { useWords } from './use-words';

interface RuleFormProps {
  rule: Rule;
  /** Of the team; without them nothing waits. */
  hours: Hours;
  faults: ReadonlyMap<string, string>;
  onChange: (change: Partial<Rule>) => void;
  onDone: () => void;
}

type PartProps = Omit<RuleFormProps, 'onDone'>;

function Names({ rule, faults, onChange }: PartProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const order = [...tongues].sort((one, other) => Number(other === language) - Number(one === language));
  return (
    <div className="k-form-row k-rule-names">
      {order.map((tongue, place) => (
        <TextInput key={tongue} ref={place === 0 ? first : undefined} label={`${t('field.name')} (${t(`language.${tongue}`)})`} lang={tongue} maxLength={200} autoComplete="off" value={rule.name[tongue]} error={faultOf(faults, `name.${tongue}`) ?? (place === 0 ? faultOf(faults, 'name') : undefined)} onChange={(event) => onChange({ name: { ...rule.name, [tongue]: event.currentTarget.value } })} />
      ))}
    </div>
  );
}

/** Whether anybody is told, and until when that holds. */
function Deed({ rule, faults, onChange }: PartProps) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  return (
    <div className="k-form-row">
      <div>
        <SegmentedControl aria-label={t('routing_field.tells')} value={rule.tells ? 'tells' : 'suppresses'} onChange={(value) => onChange({ tells: value === 'tells' })} data={['tells', 'suppresses'].map((value) => ({ value, label: t(`routing.kind_${value}`) }))} fullWidth />
        <p className="k-faint k-rule-note">{t(rule.tells ? 'routing.kind_tells_note' : 'routing.kind_suppresses_note')}</p>
      </div>
      <TextInput type="date" label={t('routing_field.until')} description={t('routing.until_note')} value={rule.until === null ? '' : dayOf(rule.until, zone)} error={faultOf(faults, 'until')} onChange={(event) => onChange({ until: endOfDay(event.currentTarget.value, zone) })} />
    </div>
  );
}

/** Whether the team's hours know what is to be waited for. */
const may = (hours: Hours, leaves: Leaves): boolean => leaves === 'at_once' || (hours !== null && (leaves === 'in_working_hours' || hours.quiet != null));

/** Whom, in which language, with what, which together, when, how often. */
function Telling({ rule, hours, faults, onChange }: PartProps) {
  const { t } = useTranslation();
  const { role } = useWords();
  const { data: roles } = useContactRoles();
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('action.clear') } };
  return (
    <>
      <MultiSelect label={t('routing_field.roles')} description={t('routing.roles_note')} data={(roles ?? []).map(({ id }) => ({ value: id, label: role(id) }))} value={[...rule.roles]} error={faultOf(faults, faultKey(faults, 'roles'))} maxValues={mostValues} {...clear} onChange={(chosen) => onChange({ roles: chosen })} />
      <div className="k-form-row">
        <Select label={t('routing_field.together')} data={togethers.map((value) => ({ value, label: t(`routing.together_${value}`) }))} value={rule.together} error={faultOf(faults, 'together')} allowDeselect={false} onChange={(together) => onChange({ together: together ?? rule.together })} />
        <Select label={t('routing_field.attachment')} data={attachments.map((value) => ({ value, label: t(`routing.attachment_${value}`) }))} value={rule.attachment} error={faultOf(faults, 'attachment')} allowDeselect={false} onChange={(attachment) => onChange({ attachment: attachment ?? rule.attachment })} />
      </div>
      <MultiSelect label={t('routing_field.channels')} description={t('routing.channels_note')} data={channels.map((value) => ({ value, label: t(`routing.channel_${value}`) }))} value={[...rule.channels]} error={faultOf(faults, faultKey(faults, 'channels'))} onChange={(chosen) => onChange({ channels: channels.filter((each) => chosen.includes(each)) })} />
      <div className="k-form-row">
        <Select label={t('routing_field.language')} placeholder={t('routing.language_own')} data={tongues.map((value) => ({ value, label: t(`routing.language_in`, { language: t(`language.${value}`) }) }))} value={rule.language} error={faultOf(faults, 'language')} {...clear} onChange={(language) => onChange({ language })} />
        <NumberInput label={t('routing_field.remind_after_days')} placeholder={t('routing.remind_never')} min={1} max={longestPause} allowDecimal={false} value={rule.remind_after_days ?? ''} error={faultOf(faults, 'remind_after_days')} onChange={(value) => onChange({ remind_after_days: typeof value === 'number' ? value : null })} />
      </div>
      <NumberInput label={t('routing_field.at_most_every_days')} description={t('routing.interval_note')} placeholder={t('routing.interval_none')} min={1} max={longestPause} allowDecimal={false} value={rule.at_most_every_days ?? ''} error={faultOf(faults, 'at_most_every_days')} onChange={(value) => onChange({ at_most_every_days: typeof value === 'number' ? value : null })} />
      <div className="k-form-row">
        <Select label={t('routing_field.leaves')} description={hours === null ? t('routing.needs_hours') : undefined} data={leavings.map((value) => ({ value, label: t(`routing.leaves_${value}`), disabled: !may(hours, value) && value !== rule.leaves }))} value={rule.leaves} error={faultOf(faults, 'leaves')} allowDeselect={false} onChange={(leaves) => onChange({ leaves: leaves ?? rule.leaves })} />
        <Select label={t('routing_field.counts')} description={hours === null ? t('routing.needs_hours') : undefined} data={countings.map((value) => ({ value, label: t(`routing.counts_${value}`), disabled: value !== 'days' && hours === null && value !== rule.counts }))} value={rule.counts} error={faultOf(faults, 'counts')} allowDeselect={false} onChange={(counts) => onChange({ counts: counts ?? rule.counts })} />
      </div>
      {(rule.leaves !== 'at_once' || rule.at_most_every_days !== null) && <Checkbox label={t('routing.critical_at_once')} checked={rule.critical_at_once} onChange={(event) => onChange({ critical_at_once: event.currentTarget.checked })} />}
      <h3 className="k-part-title">{t('routing.ladder')}</h3>
      <LadderFields ladder={rule.ladder} faults={faults} onChange={(ladder) => onChange({ ladder })} />
    </>
  );
}

/** One rule to be changed; each change is in the draft, and so in the preview, at once. */
export function RuleForm({ rule, hours, faults, onChange, onDone }: RuleFormProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const part = { rule, hours, faults, onChange };
  return (
    <div className="k-stack k-rule-form">
      <h2 className="k-unseen">{nameIn(rule.name, language)}</h2>
      <Names {...part} />
      <Deed {...part} />
      <h3 className="k-part-title">{t('routing.when_title')}</h3>
      <p className="k-faint k-rule-note">{t('routing.when_note')}</p>
      <ConditionFields when={rule.when} faults={faults} onChange={(change) => onChange({ when: { ...rule.when, ...change } })} />
      {rule.tells && <h3 className="k-part-title">{t('routing.how_title')}</h3>}
      {rule.tells && <Telling {...part} />}
      <div className="k-form-end">
        <Button variant="default" onClick={onDone}>
          {t('action.done')}
        </Button>
      </div>
    </div>
  );
}
