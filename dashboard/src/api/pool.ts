import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Pool } from '../ui/VirtualList';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

// paged has a query of a list go from page to page.
export const paged = {
  pageParamName: 'cursor',
  initialPageParam: '',
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
  staleTime: 60_000,
  // Reading all that was read so far again is no small thing: what changes here is noted here.
  refetchOnWindowFocus: false,
} as const;

// usePool is a list that is read page by page, as views show it.
export function usePool<T>(query: UseInfiniteQueryResult<InfiniteData<Page<T>>, unknown>): Pool<T> {
  const { data, hasNextPage, fetchNextPage, refetch } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    items,
    loading: query.isPending,
    more: hasNextPage ? more : undefined,
    loadingMore: query.isFetchingNextPage,
    error: query.error,
    again: refetch,
  };
}
