import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileUpload, IconX } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fileText } from './file-text';
import { useFormat } from './format';

interface TextSourceProps {
  label: string;
  accept: string;
  value: string;
  placeholder?: string;
  /** `file` is the name of what was chosen or dropped. */
  onChange: (text: string, file?: string) => void;
}

/** A text to import: chosen as a file, dropped, or pasted. A large file is not laid out, only named. */
export function TextSource({ label, accept, value, placeholder, onChange }: TextSourceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const [refused, setRefused] = useState<string>();
  const take = async (chosen: File | null | undefined) => {
    if (chosen === null || chosen === undefined) return;
    const text = await fileText(chosen);
    setRefused(text === undefined ? chosen.name : undefined);
    if (text === undefined) return;
    setFile(chosen);
    onChange(text, chosen.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const put = (text: string) => {
    setFile(null);
    setRefused(undefined);
    onChange(text);
  };
  return (
     
    <div className="k-text-source" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className="k-form-end">
        <FileButton accept={accept} onChange={(chosen) => void take(chosen)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={15} aria-hidden />}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
        {file !== null && (
          <span className="k-chip">
            <span className="k-chip-value">
              {file.name} · {format.bytes(file.size)}
            </span>
            <button type="button" aria-label={t('action.clear')} onClick={() => put('')}>
              <IconX size={14} aria-hidden />
            </button>
          </span>
        )}
      </div>
      {refused !== undefined && (
        <p className="k-group-error" role="alert">
          {t('import.no_text', { name: refused })}
        </p>
      )}
      {value.length < 200_000 && (
        <Textarea label={label} value={value} placeholder={placeholder} autosize minRows={6} maxRows={16} spellCheck={false} onChange={(event) => put(event.currentTarget.value)} />
      )}
    </div>
  );
}
