import { useNow } from './now.context';
import { useWorkspace } from '../workspace/workspace.context';

export interface InstantProps {
  /** ISO instant. */
  at: string;
  /** In as few letters as possible, for columns. */
  isNarrow?: boolean;
}

/** An instant relative to now, whole with its zone in the tooltip. */
export function Instant({ at, isNarrow = false }: InstantProps) {
  const { formats } = useWorkspace();
  const now = useNow();
  return (
    <time dateTime={at} title={formats.full(at)}>
      {isNarrow ? formats.ago(at, now) : formats.relative(at, now)}
    </time>
  );
}
