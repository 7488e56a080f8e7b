import type { LeadRow } from '@rekindle/contracts';
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { text } from '../text/catalogue';
import { AccountCell, LastSeenCell, LeadCell, OwnerCell } from './lead-cells.view';
import type { LeadsSearch } from './leads.search';
import { ChangeMark, EngagementBar, PriorityMark, useTierLabel } from './score.parts';
import { Spark } from './spark.view';

/** The table shows what the server sorted and paged: no feature of its own. */
export const leadTableFeatures = tableFeatures({});

const helper = createColumnHelper<typeof leadTableFeatures, LeadRow>();
const words = text.leads.columns;

function TierCell({ tier }: { tier: string }) {
  const labelOf = useTierLabel();
  return <>{labelOf(tier)}</>;
}

/** Columns of the Leads table from left to right; ids are also the CSS classes `col-…`. */
export const leadColumns = helper.columns([
  helper.display({ id: 'lead', header: words.lead, cell: ({ row }) => <LeadCell lead={row.original} /> }),
  helper.display({ id: 'account', header: words.account, cell: ({ row }) => <AccountCell lead={row.original} /> }),
  helper.display({
    id: 'engagement',
    header: words.engagement,
    cell: ({ row }) => <EngagementBar {...row.original.engagement} />,
  }),
  helper.display({
    id: 'change',
    header: words.change,
    cell: ({ row }) => <ChangeMark value={row.original.engagement.change7d} />,
  }),
  helper.display({
    id: 'spark',
    header: words.spark,
    cell: ({ row }) => <Spark values={row.original.engagement.spark} />,
  }),
  helper.display({
    id: 'priority',
    header: words.priority,
    cell: ({ row }) => <PriorityMark {...row.original.priority} />,
  }),
  helper.display({ id: 'tier', header: words.tier, cell: ({ row }) => <TierCell tier={row.original.usage.tier} /> }),
  helper.display({ id: 'lastSeen', header: words.lastSeen, cell: ({ row }) => <LastSeenCell lead={row.original} /> }),
  helper.display({ id: 'owner', header: words.owner, cell: ({ row }) => <OwnerCell lead={row.original} /> }),
]);

/** Which order a click on a column's heading asks for. */
export const sortOfColumn: Readonly<Record<string, LeadsSearch['sort']>> = {
  engagement: '-engagement',
  priority: '-priority',
  lastSeen: '-lastActivityAt',
};
