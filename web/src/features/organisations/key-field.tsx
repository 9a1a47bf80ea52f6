import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { textOfBytes } from '@/ui/file-text';

interface KeyFieldProps {
  label: string;
  accept: string;
  value: string;
  error?: ReactNode;
  onChange: (text: string) => void;
}

/** A certificate in DER becomes PEM; a text stays as it is; what is neither is undefined. */
async function textOf(file: File): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x30) return textOfBytes(bytes);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A public key or certificate: pasted, or chosen as a file. */
export function KeyField({ label, accept, value, error, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<string>();
  const put = (text: string) => {
    setRefused(undefined);
    onChange(text);
  };
  const take = async (file: File | null) => {
    if (file === null) return;
    const text = await textOf(file);
    if (text === undefined) setRefused(file.name);
    else put(text);
  };
  return (
    <div className="k-key-field">
      <Textarea label={label} value={value} error={refused === undefined ? error : t('contact.no_text', { name: refused })} autosize minRows={2} maxRows={6} spellCheck={false} autoComplete="off" classNames={{ input: 'k-key-text' }} onChange={(event) => put(event.currentTarget.value)} />
      <FileButton accept={accept} onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconFileUpload size={14} aria-hidden />} aria-label={`${label}: ${t('import.choose')}`}>
            {t('import.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
