import { Button, CloseButton, Group, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { text } from '../text/catalogue';
import styles from './leads.module.css';

export interface FilterChoice {
  value: string;
  label: string;
}

export interface FilterChipProps {
  name: string;
  value: string | undefined;
  choices: readonly FilterChoice[];
  onChange: (value: string | undefined) => void;
}

/** Stands for "no filter" among the radio items, whose values are texts. */
const ANY = '';

function ChipMenu({ value = ANY, choices, onChange }: Omit<FilterChipProps, 'name'>) {
  const all = [{ value: ANY, label: text.leads.any }, ...choices];
  return (
    <Menu.RadioGroup value={value} onChange={(chosen) => onChange(chosen === ANY ? undefined : chosen)}>
      {all.map((choice) => (
        <Menu.RadioItem
          key={choice.value}
          value={choice.value}
          closeMenuOnClick
          checkIcon={<IconCheck size={14} aria-hidden="true" />}
        >
          {choice.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** One filter: its name while off, name and value with a cross while on. */
export function FilterChip({ name, value, choices, onChange }: FilterChipProps) {
  const isOn = value !== undefined;
  const label = choices.find((choice) => choice.value === value)?.label ?? value ?? '';
  return (
    <Group gap={2} wrap="nowrap" className={styles.chip}>
      <Menu position="bottom-start" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            size="xs"
            h={32}
            radius="xl"
            variant={isOn ? 'light' : 'default'}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          >
            {isOn ? text.leads.chosen(name, label) : name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.choices}>
          <ChipMenu value={value} choices={choices} onChange={onChange} />
        </Menu.Dropdown>
      </Menu>
      {isOn && (
        <CloseButton size="md" radius="xl" aria-label={text.leads.clear(name)} onClick={() => onChange(undefined)} />
      )}
    </Group>
  );
}
