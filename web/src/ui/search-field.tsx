import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

/** Milliseconds: who types on is not answered yet. */
const pause = 250;

interface SearchFieldProps {
  label: string;
  /** What the list is narrowed to. */
  value: string | undefined;
  onSearch: (text: string) => void;
}

/** Narrows a list to what is typed, once a person pauses. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  // A saved filter, or the browser's way back, narrows the list to something else.
  if (value !== known) {
    setKnown(value);
    if (typed.trim() !== (value ?? '')) setTyped(value ?? '');
  }
  // Asks for what stands here by then, which may have come from elsewhere meanwhile.
  const search = useDebouncedCallback(() => {
    if (typed.trim() !== (value ?? '')) onSearch(typed.trim());
  }, pause);
  return (
    <TextInput
      size="xs"
      className="k-tools-search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search();
      }}
      // What one goes on to, a saved view as well, starts from what was typed and is not narrowed by it afterwards.
      onBlur={() => search.flush()}
    />
  );
}
