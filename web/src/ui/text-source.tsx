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
  onChange: (text: string) => void;
}

/** A text to import: chosen as a file, dropped, or pasted. A large file is not laid out, only named. */
export function TextSource({ label, accept, value, placeholder, onChange }: TextSourceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const take = async (chosen: File | null | undefined) => {
    if (chosen === null || chosen === undefined) return;
    setFile(chosen);
    onChange(await fileText(chosen));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const clear = () => {
    setFile(null);
    onChange('');
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
            <button type="button" aria-label={t('action.clear')} onClick={clear}>
              <IconX size={14} aria-hidden />
            </button>
          </span>
        )}
      </div>
      {value.length < 200_000 && (
        <Textarea label={label} value={value} placeholder={placeholder} autosize minRows={6} maxRows={16} spellCheck={false} onChange={(event) => { setFile(null); onChange(event.currentTarget.value); }} />
      )}
    </div>
  );
}
