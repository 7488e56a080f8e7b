import { Skeleton } from '@mantine/core';

/** Grey rows in the measure of the real ones, for the first load. */
export function RowsSkeleton({ rows = 12, height = 48 }: { rows?: number; height?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} style={{ display: 'flex', alignItems: 'center', gap: 24, height, padding: '0 16px' }}>
          <Skeleton height={12} width={`${28 - (index % 4) * 3}%`} />
          <Skeleton height={12} width={`${14 - (index % 3) * 2}%`} />
          <Skeleton height={8} width="14%" />
          <Skeleton height={12} width="20%" />
        </div>
      ))}
    </div>
  );
}
