import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/ui/password-field';
import { judge, longest, shortest, type Rule } from './password-rules';

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  /** To sign in with, where it is known. */
  name?: string;
  error?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

const rules: readonly Rule[] = ['length', 'common', 'name'];

/** A password to be chosen, with its rules in sight; those that one keeps already are ticked. */
export function NewPassword({ label, value, onChange, name, error, ref }: NewPasswordProps) {
  const { t } = useTranslation();
  const kept = judge(value, name);
  const list = (
    <span className="k-rules">
      {rules.map((rule) => (
        <span key={rule} data-kept={kept[rule] === true || undefined}>
          {kept[rule] === true ? <IconCircleCheckFilled size={15} aria-hidden /> : <IconCircle size={15} aria-hidden />}
          {t(`password.${rule}`, { least: shortest, most: longest })}
          {kept[rule] === true && <span className="k-unseen"> ({t('password.kept')})</span>}
        </span>
      ))}
    </span>
  );
  return <PasswordField ref={ref} label={label} kind="new-password" value={value} onChange={onChange} description={list} error={error} />;
}
