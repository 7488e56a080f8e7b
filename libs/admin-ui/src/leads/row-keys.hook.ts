import { useHotkeys } from '@mantine/hooks';
import { useRef, type RefObject } from 'react';

/**
 * `j` and `k` move the focus along the links marked with `attribute` inside the returned element.
 * Enter then opens the link as any link.
 */
export function useRowKeys<E extends HTMLElement>(attribute: string): RefObject<E | null> {
  const list = useRef<E>(null);
  const move = (by: number): void => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>(`[${attribute}]`) ?? [])];
    const current = links.findIndex((link) => link === document.activeElement);
    const next = current < 0 ? links[by > 0 ? 0 : links.length - 1] : links[current + by];
    next?.focus();
    next?.closest('tr, li')?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
  ]);
  return list;
}
