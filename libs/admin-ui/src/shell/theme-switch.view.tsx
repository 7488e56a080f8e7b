import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { text } from '../text/catalogue';

const schemes: readonly { key: MantineColorScheme; Icon: typeof IconSun }[] = [
  { key: 'light', Icon: IconSun },
  { key: 'dark', Icon: IconMoon },
  { key: 'auto', Icon: IconDeviceDesktop },
];

/** Light, dark, or as the system has it; kept in this browser. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ key }) => key === colorScheme)?.Icon ?? IconDeviceDesktop;
  const choose = (chosen: string): void => {
    const scheme = schemes.find(({ key }) => key === chosen);
    if (scheme !== undefined) setColorScheme(scheme.key);
  };
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={text.shell.theme}>
          <Current size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={colorScheme} onChange={choose}>
          {schemes.map(({ key, Icon }) => (
            <Menu.RadioItem
              key={key}
              value={key}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden="true" />}
              rightSection={<Icon size={16} aria-hidden="true" />}
            >
              {text.shell.themes[key]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
