import { createContext, use, type AnchorHTMLAttributes, type MouseEvent, type ReactNode, type Ref } from 'react';

/** What the admin asks of the host's router. Paths are the admin's own, e.g. `/leads/0193…`. */
export interface AdminNavigation {
  /** The path the person is at, without the host's prefix and without the query. */
  path: string;
  /** Address for an anchor: adds the prefix under which the host mounts the admin. */
  hrefOf(path: string): string;
  go(path: string): void;
}

const NavigationContext = createContext<AdminNavigation | null>(null);

/** Gives the pages their router. */
export function NavigationProvider({ value, children }: { value: AdminNavigation; children: ReactNode }) {
  return <NavigationContext value={value}>{children}</NavigationContext>;
}

/** The host's router. Throws outside a `NavigationProvider`. */
export function useNavigation(): AdminNavigation {
  const navigation = use(NavigationContext);
  if (navigation === null) throw new Error('useNavigation needs a NavigationProvider above it');
  return navigation;
}

/** True when a click means "open here": no modifier, main button. */
export const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

export interface PageLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  ref?: Ref<HTMLAnchorElement>;
}

/** A real anchor that stays inside the admin on a plain click. */
export function PageLink({ to, onClick, ...rest }: PageLinkProps) {
  const navigation = useNavigation();
  const handleClick = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (!isPlainClick(event)) return;
    event.preventDefault();
    navigation.go(to);
  };
  return <a {...rest} href={navigation.hrefOf(to)} onClick={handleClick} />;
}
