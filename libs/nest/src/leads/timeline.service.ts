import { Injectable } from '@nestjs/common';
import { UserError, type Timeline } from '@rekindle/contracts';
import {
  AlertStore,
  ChangeStore,
  Database,
  EnrolmentStore,
  EventStore,
  FiringStore,
  MessageListStore,
  type Sql,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { LeadFile } from './lead.reader';
import { isoOf } from './score.mapping';
import {
  alertLine,
  changeLine,
  enrolmentLines,
  eventLine,
  firingLine,
  messageLine,
  type TimelineLine,
} from './timeline.mapping';

interface Position {
  at: number;
  id: string;
}

interface Window {
  sql: Sql;
  workspaceId: string;
  leadId: string;
  limit: number;
  /** Lines strictly older than this, newest first. */
  before: Position | null;
}

/** Kinds that come in tens, not thousands, per lead. */
const mostOfRareKinds = 1_000;

/** The cursor of the stores' own keyset lists has the same form: instant, then id. */
export function encodePosition({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id]), 'utf8').toString('base64url');
}

/** Throws 400 for anything `encodePosition` has not made. */
export function decodePosition(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string') {
      return { at: value[0], id: value[1] };
    }
  } catch {
    // falls through to the refusal
  }
  throw new UserError('invalid_cursor', 'The cursor is not one that this list gave out.');
}

const isOlder = (line: Position, than: Position | null): boolean =>
  than === null || line.at < than.at || (line.at === than.at && line.id < than.id);

const newestFirst = (a: Position, b: Position): number => (isOlder(a, b) ? 1 : -1);

/** Everything that happened to a lead, from six tables, newest first. */
@Injectable()
export class TimelineService {
  private readonly events = new EventStore();
  private readonly changes = new ChangeStore();
  private readonly firings = new FiringStore();
  private readonly alerts = new AlertStore();
  private readonly messages = new MessageListStore();
  private readonly enrolments = new EnrolmentStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async page(
    workspaceId: string,
    file: LeadFile,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Timeline> {
    const before = page.cursor === undefined ? null : decodePosition(page.cursor);
    const window = { sql: this.database.read, workspaceId, leadId: file.lead.id, limit: page.limit, before };
    const lines = (await this.lines(window, file)).filter((line) => isOlder(line, before)).sort(newestFirst);
    const items = lines.slice(0, page.limit);
    const last = items.at(-1);
    const nextCursor = last && lines.length > page.limit ? encodePosition(last) : null;
    return { items: items.map((line) => ({ ...line, at: isoOf(line.at) })), nextCursor };
  }

  private async lines(window: Window, { workspace }: LeadFile): Promise<TimelineLine[]> {
    const { sql, workspaceId, leadId, limit, before } = window;
    const { model } = workspace.definitions;
    const cursor = before === null ? undefined : encodePosition(before);
    const keyset = { limit: limit + 1, cursor, leadId };
    const until = before?.at;
    const events = await this.events.listForLead(sql, workspaceId, leadId, keyset);
    const changes = await this.changes.forLead(sql, workspaceId, leadId, { limit: mostOfRareKinds, until });
    const firings = await this.firings.forLead(sql, workspaceId, leadId, mostOfRareKinds);
    const alerts = await this.alerts.list(sql, workspaceId, keyset);
    const messages = await this.messages.list(sql, workspaceId, keyset);
    const enrolments = await this.enrolments.forLead(sql, workspaceId, leadId);
    const nameOf = (key: string) => workspace.rules.get(key)?.name ?? key;
    return [
      ...events.items.map((row) => eventLine(row, this.clock.now(), model)),
      ...changes.map((row) => changeLine(row, model)),
      ...firings.map((row) => firingLine(row, nameOf)),
      ...alerts.items.map(alertLine),
      ...messages.items.map(messageLine),
      ...enrolments.flatMap(enrolmentLines),
    ];
  }
}
