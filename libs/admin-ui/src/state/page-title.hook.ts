import { useEffect } from 'react';
import { text } from '../text/catalogue';

/** Names the browser's tab after the page. */
export function usePageTitle(page: string): void {
  useEffect(() => {
    document.title = text.title(page);
  }, [page]);
}
