import { Injectable } from '@nestjs/common';
import type { IngestResponse } from '@rekindle/contracts';
import type { SourceItem, SourceMessage } from '@rekindle/plugins';
import { Database, MessageListStore, MessageStore, SuppressionStore, type MailedMessage } from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { ItemNote, MailActNote } from '../ingest/canonical.message';
import { emailOf } from '../ingest/identifier.rules';
import { IngestService } from '../ingest/ingest.service';
import { AddressHasher } from '../mailing/address.hasher';

type Mails = ReadonlyMap<string, MailedMessage>;

const isMessage = (item: SourceItem): item is SourceMessage => !('refusedAs' in item);

/** A mail of ours that an item is about: it must have gone to the item's own address, for Message-IDs can be guessed. */
function mailOf(item: SourceMessage, mails: Mails): MailedMessage | null {
  const mail = item.mailMessageId === null ? undefined : mails.get(item.mailMessageId);
  return mail !== undefined && emailOf(mail.toAddress) === emailOf(item.address) ? mail : null;
}

function itemOf(item: SourceItem, mails: Mails): unknown {
  if (!isMessage(item)) return item.raw;
  const mail = mailOf(item, mails);
  if (mail === null) return item.item;
  const { properties } = item.item;
  return { ...item.item, properties: { ...(typeof properties === 'object' ? properties : {}), mailId: mail.id } };
}

function actOf({ trace }: SourceMessage, mail: MailedMessage | null): MailActNote | null {
  if (trace === null) return null;
  const known = { mailKey: mail?.id ?? trace.mailKey, handedOverAt: mail?.sentAt ?? null };
  return { ...trace, ...known, isHead: false, isTrap: false, linkCount: null };
}

function noteOf(item: SourceItem, mails: Mails): ItemNote {
  if (!isMessage(item)) return { refusedAs: item.refusedAs };
  const mail = mailOf(item, mails);
  const { address, isScored } = item;
  return { leadId: mail?.leadId ?? null, address, isScored, act: actOf(item, mail) };
}

/** What a source's items do: addresses are suppressed, mails are found again, and all else is ingest's. */
@Injectable()
export class DeliveryIntake {
  private readonly mails = new MessageListStore();
  private readonly messages = new MessageStore();
  private readonly suppressions = new SuppressionStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly addresses: AddressHasher,
    private readonly ingest: IngestService,
  ) {}

  /** Suppressions are on disk before anything else, whether or not the address is a lead's. */
  async take(workspaceId: string, items: readonly SourceItem[], source: string): Promise<IngestResponse> {
    const messages = items.filter(isMessage);
    const ids = messages.flatMap(({ mailMessageId }) => mailMessageId ?? []);
    const mails = await this.mails.byMessageIdHeaders(this.database.read, workspaceId, [...new Set(ids)]);
    await this.suppress(workspaceId, messages);
    await this.settleUncertain(workspaceId, messages, mails);
    return this.ingest.ingest(
      workspaceId,
      items.map((item) => itemOf(item, mails)),
      {
        receivedAt: this.clock.now(),
        source,
        trust: 'server',
        notes: items.map((item) => noteOf(item, mails)),
      },
    );
  }

  private async suppress(workspaceId: string, messages: readonly SourceMessage[]): Promise<void> {
    const stops = messages.flatMap(({ suppression, address }) => {
      const email = emailOf(address);
      return suppression === null || email === null ? [] : [{ reason: suppression, email }];
    });
    if (stops.length === 0) return;
    const createdAt = this.clock.now();
    await this.database.write(async (sql) => {
      for (const { reason, email } of stops) {
        const addressHash = this.addresses.hash(workspaceId, email);
        await this.suppressions.add(sql, workspaceId, { addressHash, reason, createdAt });
      }
    });
  }

  /** Whatever names a mail proves that it arrived somewhere: what was uncertain is so no longer. */
  private async settleUncertain(workspaceId: string, messages: readonly SourceMessage[], mails: Mails): Promise<void> {
    const proven = messages.flatMap((item) => {
      const mail = mailOf(item, mails);
      return mail?.state === 'uncertain' ? [{ id: mail.id, event: String(item.item['event']) }] : [];
    });
    if (proven.length === 0) return;
    const now = this.clock.now();
    await this.database.write(async (sql) => {
      for (const { id, event } of proven) {
        await this.messages.resolveUncertain(sql, workspaceId, { id, state: 'sent', reason: `proven: ${event}`, now });
      }
    });
  }
}
