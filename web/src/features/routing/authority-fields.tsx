import { ActionIcon, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSectors } from '@/contract/use-sectors';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { OrganisationLink } from '@/ui/organisation-link';
import { faultOf } from '@/ui/reason';
import type { Authority } from './draft';
import { useWords } from './use-words';

interface AuthorityFieldsProps {
  authorities: readonly Authority[];
  faults: ReadonlyMap<string, string>;
  /** Absent for those who may not change them. */
  onChange?: (authorities: readonly Authority[]) => void;
}

/** Those who answer for sectors, in words. */
function Told({ authorities }: { authorities: readonly Authority[] }) {
  const { t } = useTranslation();
  const words = useWords();
  if (authorities.length === 0) return <p className="k-faint">{t('routing.authorities_none')}</p>;
  return (
    <dl className="k-clauses">
      {authorities.map(({ sector, organisation }) => (
        <div key={sector}>
          <dt>{words.value('sectors', sector)}</dt>
          <dd>{organisation !== null && <OrganisationLink id={organisation} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Who answers for which sector: a sector is added by its name, then its authority chosen. */
function Fields({ authorities, faults, onChange }: Required<AuthorityFieldsProps>) {
  const { t } = useTranslation();
  const words = useWords();
  const { data: sectors } = useSectors();
  const free = (sectors ?? []).filter(({ id }) => authorities.every(({ sector }) => sector !== id));
  return (
    <div className="k-lines">
      {authorities.map(({ sector, organisation }, place) => {
        const name = words.value('sectors', sector);
        return (
          <div key={sector} className="k-authority">
            <OrganisationChoice label={name} value={organisation} error={faultOf(faults, `authorities[${place}].organisation`) ?? faultOf(faults, `authorities[${place}].sector`)} required onChange={(chosen) => onChange(authorities.map((each) => (each.sector === sector ? { sector, organisation: chosen } : each)))} />
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('routing.authority_remove', { sector: name })} onClick={() => onChange(authorities.filter((each) => each.sector !== sector))}>
              <IconTrash size={17} stroke={1.7} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Select label={t('routing.authority_add')} data={free.map(({ id }) => ({ value: id, label: words.value('sectors', id) }))} value={null} searchable nothingFoundMessage={t('list.none')} onChange={(sector) => sector !== null && onChange([...authorities, { sector, organisation: null }])} />
    </div>
  );
}

/** Who answers for sectors, and may be told by a step of a rule. */
export function AuthorityFields({ authorities, faults, onChange }: AuthorityFieldsProps) {
  const { t } = useTranslation();
  return (
    <section className="k-hours k-stack" aria-label={t('routing.authorities')}>
      <h2 className="k-part-title">{t('routing.authorities')}</h2>
      <p className="k-faint">{t('routing.authorities_note')}</p>
      {onChange === undefined ? <Told authorities={authorities} /> : <Fields authorities={authorities} faults={faults} onChange={onChange} />}
    </section>
  );
}
