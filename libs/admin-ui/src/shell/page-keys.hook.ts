import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { useNavigation } from '../navigation/navigation.context';

const CHORD_MS = 1_200;

/** `g` and then a letter goes to a page. */
export function usePageKeys(): void {
  const navigation = useNavigation();
  const pressedAt = useRef(0);
  const goTo = (path: string) => (): void => {
    if (Date.now() - pressedAt.current < CHORD_MS) navigation.go(path);
    pressedAt.current = 0;
  };
  useHotkeys([
    ['g', () => void (pressedAt.current = Date.now())],
    ['l', goTo('/leads')],
    ['a', goTo('/alerts')],
    ['m', goTo('/mail')],
    ['s', goTo('/sources')],
  ]);
}
