import { ActionIcon, Button, NumberInput, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useContactRoles } from '@/contract/use-sectors';
import { faultOf } from '@/ui/reason';
import { longestPause, mostRungs, newRung, sides, type Rung } from './draft';
import { useWords } from './use-words';

interface LadderFieldsProps {
  ladder: readonly Rung[];
  faults: ReadonlyMap<string, string>;
  onChange: (ladder: readonly Rung[]) => void;
}

/** Who is told next while nobody takes a finding on, rung by rung. */
export function LadderFields({ ladder, faults, onChange }: LadderFieldsProps) {
  const { t } = useTranslation();
  const { role: named } = useWords();
  const { data: roles } = useContactRoles();
  const change = (key: number, next: Partial<Rung>) => onChange(ladder.map((rung) => (rung.key === key ? { ...rung, ...next } : rung)));
  return (
    <div className="k-lines">
      <p className="k-faint">{t('routing.ladder_note')}</p>
      {ladder.map((rung, place) => (
        <fieldset key={rung.key} className="k-rung">
          <legend className="k-unseen">{`${t('routing.rung')} ${place + 1}`}</legend>
          <NumberInput label={t('routing_field.after_days')} min={1} max={longestPause} allowDecimal={false} value={rung.after_days ?? ''} error={faultOf(faults, `ladder[${place}].after_days`)} onChange={(value) => change(rung.key, { after_days: typeof value === 'number' ? value : null })} />
          <Select label={t('routing_field.side')} data={sides.map((side) => ({ value: side, label: t(`routing.side_${side}`) }))} value={rung.side} error={faultOf(faults, `ladder[${place}].side`)} allowDeselect={false} onChange={(side) => change(rung.key, { side: side ?? rung.side, role: rung.role === '' ? 'management' : rung.role })} />
          <Select label={t('routing_field.role')} data={(roles ?? []).map(({ id }) => ({ value: id, label: named(id) }))} value={rung.side === 'team' ? null : rung.role} placeholder={rung.side === 'team' ? t('routing.own_address') : undefined} disabled={rung.side === 'team'} error={faultOf(faults, `ladder[${place}].role`)} allowDeselect={false} onChange={(role) => change(rung.key, { role: role ?? rung.role })} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('routing.rung_remove', { number: place + 1 })} onClick={() => onChange(ladder.filter(({ key }) => key !== rung.key))}>
            <IconTrash size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={ladder.length >= mostRungs} onClick={() => onChange([...ladder, newRung(ladder)])}>
          {t('routing.rung_add')}
        </Button>
      </div>
    </div>
  );
}
