import { Injectable } from '@nestjs/common';
import { UserError, alertListQuerySchema, type Alert, type AlertList } from '@rekindle/contracts';
import { AlertStore, Database, type AlertListItem, type AlertState } from '@rekindle/store';
import type { z } from 'zod';
import { Clock } from '../clock/clock';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { isoOf } from '../leads/score.mapping';

function alertOf(row: AlertListItem, ruleName: string): Alert {
  const { id, leadId, accountName, title, sentence, causes, nextStep, score, owner, state } = row;
  return {
    id,
    leadId,
    leadName: row.leadName ?? row.leadEmail ?? 'Unknown lead',
    accountName,
    rule: row.ruleKey,
    ruleName,
    title,
    sentence,
    causes,
    nextStep,
    score,
    owner,
    state,
    at: isoOf(row.at),
    createdAt: isoOf(row.createdAt),
  };
}

/** Alerts to sales as people look at them. */
@Injectable()
export class AlertService {
  private readonly store = new AlertStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly definitions: DefinitionsCache,
  ) {}

  /** Newest crossing first; `unread` counts all unread ones, whatever the filter. */
  async list(workspaceId: string, query: z.infer<typeof alertListQuerySchema>): Promise<AlertList> {
    const sql = this.database.read;
    const { limit, cursor, state, leadId, rule } = query;
    const filter = { state, leadId, ruleKey: rule };
    const page = await this.store.list(sql, workspaceId, { ...filter, limit, cursor });
    const total = await this.store.count(sql, workspaceId, filter);
    const unread = await this.store.count(sql, workspaceId, { state: 'unread' });
    const nameOf = await this.ruleNames(workspaceId);
    return {
      items: page.items.map((row) => alertOf(row, nameOf(row.ruleKey))),
      nextCursor: page.nextCursor,
      total,
      unread,
    };
  }

  /** Marks an alert unread or done. Throws 404. */
  async setState(workspaceId: string, id: string, state: AlertState): Promise<Alert> {
    const now = this.clock.now();
    const isFound = await this.database.write((sql) => this.store.setState(sql, workspaceId, { id, state, now }));
    const row = isFound ? await this.store.byId(this.database.read, workspaceId, id) : null;
    if (!row) throw new UserError('not_found', 'There is no such alert.', { status: 404 });
    return alertOf(row, (await this.ruleNames(workspaceId))(row.ruleKey));
  }

  private async ruleNames(workspaceId: string): Promise<(key: string) => string> {
    const { rules } = await this.definitions.of(this.database.read, workspaceId);
    return (key) => rules.get(key)?.name ?? key;
  }
}
