import { Button, Center } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { text } from '../text/catalogue';
import { LoadFailure } from './notice.view';
import styles from './paged.module.css';

interface PagedProps<Item> {
  pages: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  /** Stands there until the first answer. */
  skeleton: ReactNode;
  /** Stands there where the server has none. */
  empty: ReactNode;
  /** Draws all that are there; never called with none. */
  children: (items: readonly Item[]) => ReactNode;
}

/** A list that comes page by page; dimmed while it still shows what was asked for before. */
export function Paged<Item>({ pages, skeleton, empty, children }: PagedProps<Item>) {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage } = pages;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <LoadFailure
        error={error}
        hasData={data !== undefined}
        isRetrying={pages.isFetching}
        onRetry={() => void pages.refetch()}
      />
      {pages.isPending && error === null && skeleton}
      <div className={styles.items} aria-busy={pages.isPending || isPlaceholderData}>
        {data !== undefined && (items.length === 0 ? empty : children(items))}
      </div>
      {hasNextPage && (
        <Center p="sm">
          <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text.more}
          </Button>
        </Center>
      )}
    </>
  );
}
