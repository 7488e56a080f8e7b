import { hash } from 'node:crypto';
import type { ImportKind, ImportMapping } from '@rekindle/contracts';
import { identityKey, type Identity, type OutcomeKind } from '@rekindle/store';
import type { Cells, FileRow } from '../import-files/file.row';
import { emailOf, readId } from '../ingest/identifier.rules';
import { FIRST_SCORED_INSTANT, instantOf } from '../ingest/instant.rules';
import { companyIn } from '../ingest/lead.profile';
import { RowMapper, RowRefusal, type MappedRow } from './mapped.row';

const DAY_MS = 86_400_000;

/** One call of the tracking API that a row becomes. */
export type PlannedItem = Record<string, unknown> & { type: string; messageId: string };

/** How it ended with a lead, as a row says it. */
export interface PlannedOutcome {
  rowKey: string;
  who: Identity[];
  outcome: OutcomeKind;
  /** Epoch ms. */
  at: number;
  amount: number | null;
}

/** What becomes of a row. `record` names the lead or account it is about. */
export type RowPlan = { line: number; cells: Cells } & (
  | { fate: 'items'; items: PlannedItem[]; record: string; who: Identity[] }
  | { fate: 'outcome'; outcome: PlannedOutcome }
  | { fate: 'skipped' }
  | { fate: 'rejected'; code: string; reason: string }
);

type Fate = RowPlan extends infer Plan ? (Plan extends RowPlan ? Omit<Plan, 'line' | 'cells'> : never) : never;

interface RowContext {
  cells: Cells;
  /** Epoch ms. */
  now: number;
}
type Planner = (row: MappedRow, context: RowContext) => Fate;

function refuse(code: string, reason: string): never {
  throw new RowRefusal(code, reason);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => [key, inOrder(child)]);
}

/** The same content gives the same id, so that a row imported twice is stored once. */
function idOf(kind: string, content: unknown): string {
  return `imp-${hash('sha256', JSON.stringify([kind, inOrder(content)]), 'base64url').slice(0, 32)}`;
}

function textAt({ fields }: MappedRow, field: string): string | null {
  const value = fields[field];
  return value === undefined || value === null ? null : String(value).trim() || null;
}

function idAt(row: MappedRow, field: string): string | null {
  const reading = readId(row.fields[field]);
  return 'id' in reading
    ? reading.id
    : refuse(reading.code, `“${String(row.fields[field]).slice(0, 60)}” is not an id.`);
}

function emailAt(row: MappedRow): string | null {
  const text = textAt(row, 'email');
  return text === null
    ? null
    : (emailOf(text) ?? refuse('invalid_email', `“${text.slice(0, 60)}” is not an e-mail address.`));
}

/** When it happened, by the one reading of time that the tracking API has. */
function instantAt(row: MappedRow, now: number): number | null {
  const given = row.fields['at'];
  if (given === undefined) return null;
  const at = instantOf(given);
  if (at === null) return refuse('not_a_date', `“${String(given).slice(0, 60)}” is not a date.`);
  if (at > now + DAY_MS)
    return refuse('date_in_future', `${new Date(at).toISOString().slice(0, 10)} lies in the future.`);
  return at;
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

interface Who {
  ids: { userId?: string; anonymousId?: string };
  email: string | null;
  identities: Identity[];
}

/** Somebody known by address alone gets an anonymous id made of it, which the address then joins to who they are. */
function whoOf(row: MappedRow): Who {
  const email = emailAt(row);
  const userId = idAt(row, 'userId');
  const anonymousId = idAt(row, 'anonymousId');
  if (userId === null && anonymousId === null && email === null) refuse('no_id', 'The row does not say who it is.');
  const made = userId === null && anonymousId === null ? `email:${idOf('email', email)}` : anonymousId;
  const identities: Identity[] = [];
  if (userId !== null) identities.push({ kind: 'user', value: userId });
  if (email !== null) identities.push({ kind: 'email', value: email });
  if (made !== null) identities.push({ kind: 'anonymous', value: made });
  return { ids: present({ userId, anonymousId: made }), email, identities };
}

function recordOf({ identities }: Who): string {
  return identities[0] === undefined ? '' : identityKey(identities[0]);
}

function timestamped(at: number | null): { timestamp?: string } {
  return at === null ? {} : { timestamp: new Date(at).toISOString() };
}

const leads: Planner = (row, { now }) => {
  const who = whoOf(row);
  const at = instantAt(row, now);
  const company = present({ id: idAt(row, 'groupId'), name: textAt(row, 'company') });
  const named = ['name', 'firstName', 'lastName', 'title', 'owner'].map((field) => [field, textAt(row, field)]);
  const traits = present({
    ...row.bag,
    ...Object.fromEntries(named),
    email: who.email,
    company: Object.keys(company).length === 0 ? null : company,
  });
  const identify = { type: 'identify', ...who.ids, traits, ...timestamped(at) };
  const items: PlannedItem[] = [{ ...identify, messageId: idOf('leads', identify) }];
  if (row.fields['doNotEmail'] === true) {
    const stop = { type: 'track', event: 'Email Unsubscribed', ...who.ids, properties: {}, ...timestamped(at) };
    items.push({ ...stop, messageId: idOf('leads', stop) });
  }
  return { fate: 'items', items, record: recordOf(who), who: who.identities };
};

const accounts: Planner = (row) => {
  const name = textAt(row, 'name');
  const groupId = idAt(row, 'groupId') ?? companyIn({ company: name })?.groupId ?? null;
  if (groupId === null) refuse('no_id', 'The row does not say which account it is.');
  const group = { type: 'group', groupId, traits: present({ ...row.bag, name, domain: textAt(row, 'domain') }) };
  return { fate: 'items', items: [{ ...group, messageId: idOf('accounts', group) }], record: groupId ?? '', who: [] };
};

/** An event is what the row says, however it is mapped: mapped in another way, it does not count a second time. */
const events: Planner = (row, { cells, now }) => {
  const who = whoOf(row);
  const at = instantAt(row, now);
  const event = textAt(row, 'event');
  if (event === null) refuse('no_event', 'The row does not say what happened.');
  if (at === null) refuse('no_date', 'The row does not say when it happened.');
  const groupId = idAt(row, 'groupId');
  const given = textAt(row, 'messageId');
  const track = {
    type: 'track',
    event,
    ...who.ids,
    properties: row.bag,
    ...timestamped(at),
    ...(groupId === null ? {} : { context: { groupId } }),
    messageId: given === null ? idOf('events', [{ ...cells }, row.fields['event']]) : idOf('events', given),
  };
  const identify = { type: 'identify', ...who.ids, traits: { email: who.email }, ...timestamped(at) };
  const named = { ...identify, messageId: idOf('leads', [who.ids, who.email]) };
  const items: PlannedItem[] = who.email === null ? [track] : [named, track];
  return { fate: 'items', items, record: recordOf(who), who: who.identities };
};

const outcomeWords: ReadonlyMap<string, OutcomeKind> = new Map([
  ...['won', 'closed won', 'closedwon', 'win'].map((word) => [word, 'won'] as const),
  ...['lost', 'closed lost', 'closedlost', 'no', 'false', '0', 'not converted'].map((word) => [word, 'lost'] as const),
  ...['converted', 'conversion', 'yes', 'true', '1'].map((word) => [word, 'converted'] as const),
]);
const openWords = /^(open|new|in progress|pending|prospecting|engaging|qualif\w*|proposal|negotiat\w*|contacted)$/;

const outcomes: Planner = (row, { now }) => {
  const who = whoOf(row);
  const word = textAt(row, 'outcome')?.toLowerCase() ?? '';
  if (word === '' || openWords.test(word)) return { fate: 'skipped' };
  const outcome = outcomeWords.get(word) ?? refuse('unknown_outcome', `“${word}” is neither won, lost nor converted.`);
  const at = instantAt(row, now) ?? refuse('no_date', 'The row does not say when it ended.');
  if (at < FIRST_SCORED_INSTANT) refuse('date_too_early', 'The date lies before the year 2000.');
  const amount = typeof row.fields['amount'] === 'number' ? row.fields['amount'] : null;
  const known = who.identities.filter(({ kind, value }) => kind !== 'anonymous' || !value.startsWith('email:'));
  const rowKey = idOf('outcomes', [recordOf(who), outcome, at, amount]);
  return { fate: 'outcome', outcome: { rowKey, who: known, outcome, at, amount } };
};

const planners: Record<ImportKind, Planner> = { leads, accounts, events, outcomes };

/** Decides row by row what becomes of a file; the same row always becomes the same. */
export class RowPlanner {
  private readonly mapper: RowMapper;
  private readonly plan: Planner;

  /** `now` (epoch ms) is what dates in the future are measured by. */
  constructor(
    kind: ImportKind,
    mapping: ImportMapping,
    private readonly now: number,
  ) {
    this.mapper = new RowMapper(mapping);
    this.plan = planners[kind];
  }

  planOf({ line, cells, problem }: FileRow): RowPlan {
    if (problem) return { line, cells, fate: 'rejected', ...problem };
    try {
      return { line, cells, ...this.plan(this.mapper.map(cells), { cells, now: this.now }) };
    } catch (error) {
      if (!(error instanceof RowRefusal)) throw error;
      return { line, cells, fate: 'rejected', code: error.code, reason: error.message };
    }
  }
}
