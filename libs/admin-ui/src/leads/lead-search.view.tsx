import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { text } from '../text/catalogue';
import styles from './leads.module.css';

const TYPING_PAUSE_MS = 250;

export interface LeadSearchProps {
  value: string;
  onChange: (value: string) => void;
}

/** Search over name, e-mail and company; `f` and `/` focus it, Escape empties it. */
export function LeadSearch({ value, onChange }: LeadSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState({ text: value, given: value });
  if (typed.given !== value) setTyped({ text: value, given: value });
  const report = useDebouncedCallback((next: string) => onChange(next.trim()), TYPING_PAUSE_MS);
  const focus = (): void => input.current?.select();
  useHotkeys([
    ['f', focus],
    ['/', focus],
  ]);
  const type = (next: string): void => {
    setTyped({ text: next, given: value });
    report(next);
  };
  const clearOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (typed.text === '') input.current?.blur();
    else type('');
  };
  return (
    <TextInput
      ref={input}
      className={styles.search}
      type="search"
      size="sm"
      styles={{ input: { '--input-height': '32px', minHeight: 32 } }}
      aria-label={text.leads.search}
      placeholder={text.leads.searchHint}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        typed.text === '' ? (
          <Kbd size="xs" aria-hidden="true">
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label={text.leads.clearSearch} onClick={() => type('')} />
        )
      }
      value={typed.text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={clearOnEscape}
    />
  );
}
