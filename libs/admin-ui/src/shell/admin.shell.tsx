import { AppShell, Burger, Kbd } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { PageLink, useNavigation } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { FlameMark } from './flame.mark';
import { Navbar } from './navbar.view';
import { usePageKeys } from './page-keys.hook';
import { Palette } from './palette.view';
import { ShortcutSheet } from './shortcuts.view';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch.view';
import { UserMenu } from './user-menu.view';

const MAIN_ID = 'content';

interface HeaderProps {
  isMenuOpen: boolean;
  onMenu: () => void;
  onFind: () => void;
  onShortcuts: () => void;
  onSignOut: () => void;
}

function Header({ isMenuOpen, onMenu, onFind, onShortcuts, onSignOut }: HeaderProps) {
  const { workspace } = useWorkspace();
  const words = text.shell;
  return (
    <div className={styles.bar}>
      <Burger
        size="sm"
        hiddenFrom="sm"
        opened={isMenuOpen}
        onClick={onMenu}
        aria-expanded={isMenuOpen}
        aria-label={isMenuOpen ? words.closeMenu : words.openMenu}
      />
      <PageLink to="/leads" className={styles.brand} aria-label={text.product}>
        <FlameMark />
        <span className={styles.brandName}>{text.product}</span>
      </PageLink>
      <div className={styles.workspace}>
        <span className="rk-cut" title={workspace.name}>
          {workspace.name}
        </span>
        <span className={styles.zone} title={words.timezone(workspace.timezone)}>
          {workspace.timezone}
        </span>
      </div>
      <div className={styles.right}>
        <button type="button" className={styles.find} aria-label={text.keys.palette} onClick={onFind}>
          <IconSearch size={16} aria-hidden="true" />
          <span>{words.find}</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </button>
        <ThemeSwitch />
        <UserMenu onSignOut={onSignOut} onShortcuts={onShortcuts} />
      </div>
    </div>
  );
}

/** A change of page moves the focus to it, so that keyboards and screen readers start there. */
function useFocusOnPage(): (element: HTMLElement | null) => void {
  const { path } = useNavigation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (element) => {
    main.current = element;
  };
}

/** Header, navigation and the frame around every page behind the sign-in. */
export function AdminShell({ onSignOut, children }: { onSignOut: () => void; children: ReactNode }) {
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isSheetOpen, sheet] = useDisclosure(false);
  const [isPaletteOpen, palette] = useDisclosure(false);
  const setMain = useFocusOnPage();
  usePageKeys();
  useHotkeys([['shift+?', sheet.open]]);
  useHotkeys([['mod+K', palette.open]], []);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 188, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: 'sm', sm: 18 }}
    >
      <a href={`#${MAIN_ID}`} className={styles.skip}>
        {text.shell.skip}
      </a>
      <AppShell.Header withBorder={false} className={styles.header}>
        <Header
          isMenuOpen={isMenuOpen}
          onMenu={menu.toggle}
          onFind={palette.open}
          onShortcuts={sheet.open}
          onSignOut={onSignOut}
        />
      </AppShell.Header>
      <AppShell.Navbar withBorder={false} className={styles.navbar}>
        <Navbar onVisit={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main ref={setMain} id={MAIN_ID} tabIndex={-1} className={styles.main}>
        {children}
      </AppShell.Main>
      <ShortcutSheet isOpen={isSheetOpen} onClose={sheet.close} />
      <Palette isOpen={isPaletteOpen} onClose={palette.close} />
    </AppShell>
  );
}
