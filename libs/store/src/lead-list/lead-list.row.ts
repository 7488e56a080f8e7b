import type { CompiledModel, Grade } from '@rekindle/scoring';
import type { LeadState } from '@rekindle/rules';
import type { LeadRow } from '../stores/lead.store';

/** Best first; leads without a value come last; ties are broken by engagement, then by the newest lead. */
export type LeadSort = '-priority' | '-engagement' | '-lastActivityAt';

/** Filters combine with "and". */
export interface LeadFilter {
  /** Found anywhere in name, e-mail, user id or account name; case makes no difference. */
  q?: string | undefined;
  /** Key of an engagement band, as of the page's instant. */
  band?: string | undefined;
  /** As last evaluated by the timer. */
  tier?: string | undefined;
  grade?: Grade | undefined;
  owner?: string | undefined;
  accountId?: string | undefined;
}

/** Which leads to count, as of `now` (epoch ms). */
export interface LeadCountRequest extends LeadFilter {
  now: number;
  model: CompiledModel;
}

/** Which page. All pages of one walk are as of the instant of the first, which the cursor carries. */
export interface LeadListRequest extends LeadCountRequest {
  sort: LeadSort;
  limit: number;
  /** With a cursor, `now` makes no difference. */
  cursor?: string | null | undefined;
}

/** A lead with what a row needs; score it with `scoreAt` as of the page's `at`. */
export interface LeadListItem {
  lead: LeadRow;
  account: { id: string; name: string | null; traits: Record<string, unknown> } | null;
  state: LeadState;
}

/** A page as of `at` (epoch ms). The number of leads over all pages is `LeadListStore.count` as of the same instant. */
export interface LeadListPage {
  at: number;
  items: LeadListItem[];
  nextCursor: string | null;
}
