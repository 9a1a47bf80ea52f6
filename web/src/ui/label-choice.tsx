import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { paps, tlps, type Pap, type Tlp } from '@/contract/types';

interface LabelChoiceProps {
  tlp: Tlp;
  pap: Pap;
  onChange: (chosen: { tlp?: Tlp; pap?: Pap }) => void;
}

/** Under which labels something stands. */
export function LabelChoice({ tlp, pap, onChange }: LabelChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select label={t('field.tlp')} data={tlps.map((each) => ({ value: each, label: `TLP:${each.toUpperCase()}` }))} value={tlp} allowDeselect={false} onChange={(next) => onChange({ tlp: next ?? tlp })} />
      <Select label={t('field.pap')} data={paps.map((each) => ({ value: each, label: `PAP:${each.toUpperCase()}` }))} value={pap} allowDeselect={false} onChange={(next) => onChange({ pap: next ?? pap })} />
    </>
  );
}
