import { Inject, Injectable } from '@nestjs/common';
import { SuppressionStore, type Sql } from '@rekindle/store';
import { AddressHasher } from '../mailing/address.hasher';
import { EnrolmentExits, type LifeSign } from '../sequences/enrolment.exits';
import type { WithdrawnSign } from '../sequences/enrolment.reopening';
import type { WorkspaceDefinitions } from './definitions.cache';
import { EvidenceWithdrawal } from './evidence.withdrawal';
import type { GroupRows, IngestGroup } from './ingest.group';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { suppressionBy, type SuppressionReason } from './reserved.events';
import type { Advanced } from './score.writer';
import { addressesGivenUp, defaultSoftBounceRule } from './soft.bounces';

interface Stop {
  leadId: string;
  reason: SuppressionReason;
  /** Named by the event; else the lead's own. */
  address: string | null;
}

/** What an event does beyond the score: signs of life end enrolments, an unsubscribe or bounce ends all mail. */
@Injectable()
export class SignalEffects {
  private readonly suppressions = new SuppressionStore();

  constructor(
    private readonly exits: EnrolmentExits,
    private readonly addresses: AddressHasher,
    private readonly withdrawal: EvidenceWithdrawal,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** In the caller's transaction. */
  async apply(
    sql: Sql,
    done: {
      group: IngestGroup;
      rows: GroupRows;
      advanced: readonly Advanced[];
      definitions: WorkspaceDefinitions;
      withdrawn: ReadonlyMap<string, readonly WithdrawnSign[]>;
    },
  ): Promise<void> {
    const { group, rows, definitions } = done;
    const { workspaceId, now } = group;
    for (const [leadId, acts] of done.withdrawn) {
      await this.withdrawal.apply(sql, { workspaceId, now, definitions }, leadId, acts);
    }
    const signs = signsOf(group, done.advanced, definitions);
    if (signs.length > 0) await this.exits.onSigns(sql, group, signs);
    for (const stop of stopsOf(group)) {
      await this.stop(sql, group, stop, stop.address ?? rows.leads.get(stop.leadId)?.email ?? null);
    }
    const rule = this.options.softBounces ?? defaultSoftBounceRule;
    for (const { leadId, address } of await addressesGivenUp(sql, group, rows, rule)) {
      await this.stop(sql, group, { leadId, reason: 'soft-bounced' }, address);
    }
  }

  private async stop(sql: Sql, group: IngestGroup, stop: Omit<Stop, 'address'>, address: string | null): Promise<void> {
    const { workspaceId, now } = group;
    if (address !== null) {
      const addressHash = this.addresses.hash(workspaceId, address);
      await this.suppressions.add(sql, workspaceId, { addressHash, reason: stop.reason, createdAt: now });
    }
    await this.exits.onStop(sql, group, [stop.leadId], stop.reason);
  }
}

function signsOf(group: IngestGroup, advanced: readonly Advanced[], definitions: WorkspaceDefinitions): LifeSign[] {
  const signals = definitions.definitions.model.document.engagement.signals;
  const kinds = new Map(signals.map((signal) => [signal.key, signal.kind]));
  const signalOf = new Map(advanced.map(({ leadId, result }) => [leadId, result.signalOf]));
  return group.owned.flatMap(({ message, node }) => {
    const leadId = node.living.id;
    const kind = kinds.get(signalOf.get(leadId)?.get(message.messageId) ?? '');
    return kind === undefined || kind === 'open' || kind === 'negative'
      ? []
      : [{ leadId, messageId: message.messageId, kind, at: message.at }];
  });
}

function stopsOf(group: IngestGroup): Stop[] {
  return group.owned.flatMap(({ message, node }) => {
    const reason = message.type === 'track' ? suppressionBy(message.name) : null;
    return reason === null ? [] : [{ leadId: node.living.id, reason, address: message.address }];
  });
}
