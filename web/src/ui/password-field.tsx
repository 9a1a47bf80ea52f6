import { ActionIcon, TextInput } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  /** A present one is filled in by a password manager, a new one made up by it. */
  kind: 'current-password' | 'new-password';
  error?: ReactNode;
  description?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  /** Whether a dialog puts the focus here when it opens. */
  first?: boolean;
}

/** A password, which may be shown to see what one typed. */
export function PasswordField({ label, value, onChange, kind, error, description, ref, first = false }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <TextInput
      ref={ref}
      label={label}
      description={description}
      type={shown ? 'text' : 'password'}
      required
      withAsterisk={false}
      value={value}
      error={error}
      maxLength={1024}
      autoComplete={kind}
      autoCapitalize="none"
      spellCheck={false}
      data-autofocus={first || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionPointerEvents="all"
      rightSection={
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('password.show')} aria-pressed={shown} onClick={() => setShown(!shown)}>
          <Icon size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      }
    />
  );
}
