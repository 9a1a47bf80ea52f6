import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '@/contract/types';
import { faultOf } from '@/ui/reason';
import { emptyNetwork, kindOf, type NetworkLine } from './draft';

interface NetworkLinesProps {
  lines: readonly NetworkLine[];
  /** A constituent proposes no country; one that stands already is still shown as what it is. */
  countries: 'offered' | 'kept';
  faults: ReadonlyMap<string, string>;
  onChange: (lines: readonly NetworkLine[]) => void;
}

const kinds: readonly Network['kind'][] = ['prefix', 'as', 'domain', 'country'];

/** Networks line by line; several pasted at once become as many lines. */
export function NetworkLines({ lines, countries, faults, onChange }: NetworkLinesProps) {
  const { t } = useTranslation();
  const offered = (line: NetworkLine) => kinds.filter((kind) => kind !== 'country' || countries === 'offered' || line.kind === 'country');
  const change = (key: number, next: Partial<NetworkLine>) => onChange(lines.map((line) => (line.key === key ? { ...line, ...next } : line)));
  const paste = (line: NetworkLine) => (event: ClipboardEvent) => {
    const values = event.clipboardData.getData('text').split(/[\s,;]+/).filter((value) => value !== '');
    if (values.length < 2) return;
    event.preventDefault();
    const pasted = values.map((value) => ({ ...emptyNetwork(), kind: kindOf(value), value }));
    onChange(lines.flatMap((each) => (each.key === line.key ? (each.value === '' ? pasted : [each, ...pasted]) : [each])));
  };
  return (
    <div className="k-lines">
      {lines.map((line) => (
        <div key={line.key} className="k-line-network">
          <Select aria-label={t('field.kind')} data={offered(line).map((kind) => ({ value: kind, label: t(`network.${kind}`) }))} value={line.kind} allowDeselect={false} onChange={(kind) => change(line.key, { kind: (kind) ?? line.kind })} />
          <TextInput
            aria-label={t('field.network')}
            className="k-address"
            value={line.value}
            placeholder={t(`network.example_${line.kind}`)}
            error={faultOf(faults, `${line.key}.value`)}
            spellCheck={false}
            autoComplete="off"
            onPaste={paste(line)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              change(line.key, line.value === '' ? { value, kind: value.length > 3 ? kindOf(value) : line.kind } : { value });
            }}
          />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('network.remove', { value: line.value })} onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}>
            <IconTrash size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...lines, emptyNetwork()])}>
          {t('network.add')}
        </Button>
      </div>
    </div>
  );
}
