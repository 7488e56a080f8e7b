import { EventStore, type EventRow, type Sql } from '@rekindle/store';
import type { SoftBounceRule } from '../lead-scoring.options';
import { emailOf } from './identifier.rules';
import type { GroupRows, IngestGroup } from './ingest.group';
import { recordAt, textAt } from './json.record';

const DAY_MS = 86_400_000;
const SOFT = 'email soft bounced';
const DELIVERED = 'email delivered';

/** Three days with a soft bounce within thirty. */
export const defaultSoftBounceRule: SoftBounceRule = { days: 3, withinDays: 30 };

/** A mail to one address that came back for now, or arrived. */
export interface DeliveryReport {
  isDelivered: boolean;
  /** Epoch ms. */
  at: number;
  /** Tells one mail from another; null when not known. */
  mail: string | null;
}

/** Some servers take a mail in and send it back later: that was no delivery. */
function meant(reports: readonly DeliveryReport[]): DeliveryReport[] {
  const bounced = new Set(reports.flatMap(({ isDelivered, mail }) => (isDelivered || mail === null ? [] : [mail])));
  const counted = reports.filter(({ isDelivered, mail }) => !isDelivered || mail === null || !bounced.has(mail));
  return counted.sort((one, other) => one.at - other.at || Number(other.isDelivered) - Number(one.isDelivered));
}

/**
 * True once soft bounces fell on so many different days (UTC) within the window with no delivery between them. Of one
 * day the first counts. A function of the set of reports, whatever their order.
 */
export function isGivenUp(reports: readonly DeliveryReport[], { days, withinDays }: SoftBounceRule): boolean {
  let run: number[] = [];
  for (const { isDelivered, at } of meant(reports)) {
    const isNewDay = !run.some((earlier) => Math.floor(earlier / DAY_MS) === Math.floor(at / DAY_MS));
    const recent = run.filter((earlier) => at - earlier <= withinDays * DAY_MS);
    run = isDelivered ? [] : isNewDay ? [...recent, at] : recent;
    if (run.length >= days) return true;
  }
  return false;
}

/** To whom the mail went, where the event says so. */
function recipientOf({ payload }: EventRow): string | null {
  const traits = recordAt(recordAt(payload, 'context'), 'traits');
  return emailOf(textAt(recordAt(payload, 'properties'), 'recipient') ?? textAt(traits, 'email'));
}

function reportOf({ name, at, payload }: EventRow): DeliveryReport {
  const properties = recordAt(payload, 'properties');
  const mail = textAt(properties, 'mail') ?? textAt(properties, 'mailId') ?? textAt(properties, 'email_id');
  return { isDelivered: name?.toLowerCase() === DELIVERED, at, mail };
}

const events = new EventStore();

/** When mails to leads of the group came back for now, not longer ago than the window: old news gives nobody up. */
function bouncedIn(group: IngestGroup, windowMs: number): Map<string, number[]> {
  const byLead = new Map<string, number[]>();
  for (const { message, node } of group.owned) {
    const isBounce = message.type === 'track' && message.name?.toLowerCase() === SOFT;
    if (!isBounce || message.at < group.now - windowMs) continue;
    byLead.set(node.living.id, [...(byLead.get(node.living.id) ?? []), message.at]);
  }
  return byLead;
}

/** What is told of mails to a lead, by the address they went to; its own where that is not said. */
function byAddress(rows: readonly EventRow[], own: string | null): Map<string, DeliveryReport[]> {
  const reports = new Map<string, DeliveryReport[]>();
  for (const row of rows) {
    const address = recipientOf(row) ?? own;
    if (address !== null) reports.set(address, [...(reports.get(address) ?? []), reportOf(row)]);
  }
  return reports;
}

/** Addresses that the soft bounces of a group, with what is stored already, show to be given up; with their leads. */
export async function addressesGivenUp(
  sql: Sql,
  group: IngestGroup,
  rows: GroupRows,
  rule: SoftBounceRule,
): Promise<{ leadId: string; address: string }[]> {
  const found: { leadId: string; address: string }[] = [];
  const windowMs = rule.withinDays * DAY_MS;
  for (const [leadId, instants] of rule.days === 0 ? [] : bouncedIn(group, windowMs)) {
    const from = Math.min(...instants) - windowMs;
    const until = Math.max(...instants) + windowMs;
    const told = await events.named(sql, group.workspaceId, leadId, { names: [SOFT, DELIVERED], from, until });
    for (const [address, reports] of byAddress(told, rows.leads.get(leadId)?.email ?? null)) {
      if (isGivenUp(reports, rule)) found.push({ leadId, address });
    }
  }
  return found;
}
