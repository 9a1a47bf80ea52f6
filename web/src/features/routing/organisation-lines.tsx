import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { OrganisationLink } from '@/ui/organisation-link';
import { mostValues } from './draft';

interface OrganisationLinesProps {
  label: string;
  value: readonly string[];
  error?: ReactNode;
  onChange: (organisations: readonly string[]) => void;
}

/** Several organisations: each is found by typing, and stands below until it is dropped. */
export function OrganisationLines({ label, value, error, onChange }: OrganisationLinesProps) {
  const { t } = useTranslation();
  const add = (id: string | null) => {
    if (id !== null && !value.includes(id) && value.length < mostValues) onChange([...value, id]);
  };
  return (
    <div className="k-rule-organisations">
      {/* Begun anew with each, so that nothing typed is left of the one before. */}
      <OrganisationChoice key={value.length} label={label} value={null} error={error} onChange={add} />
      {value.length > 0 && (
        <ul className="k-chips" aria-label={label}>
          {value.map((id) => (
            <li key={id} className="k-chip">
              <span className="k-chip-value">
                <OrganisationLink id={id} />
              </span>
              <button type="button" aria-label={t('action.remove')} onClick={() => onChange(value.filter((each) => each !== id))}>
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
