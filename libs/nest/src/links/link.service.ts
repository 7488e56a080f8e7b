import { Injectable } from '@nestjs/common';
import { Database, LinkStore, MessageListStore, SuppressionStore, type MessageDetail } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { IngestService } from '../ingest/ingest.service';
import { LinkTokens } from '../mailing/link.tokens';
import { EnrolmentExits } from '../sequences/enrolment.exits';

const MINUTE_MS = 60_000;

/** What people do with a mail of ours, as events of their lead. Every method answers false or null for an unknown token. */
@Injectable()
export class LinkService {
  private readonly links = new LinkStore();
  private readonly messages = new MessageListStore();
  private readonly suppressions = new SuppressionStore();

  constructor(
    private readonly database: Database,
    private readonly tokens: LinkTokens,
    private readonly ingest: IngestService,
    private readonly exits: EnrolmentExits,
    private readonly clock: Clock,
  ) {}

  /** Where a link leads; unless it is only looked at, the click is an event, one a minute for each link. */
  async follow(token: string, isLookedAt: boolean): Promise<string | null> {
    const target = this.tokens.targetOf('click', token);
    const link = target && (await this.links.byId(this.database.read, target.workspaceId, target.id));
    if (!target || !link) return null;
    const message = isLookedAt ? null : await this.messageOf(target.workspaceId, link.messageId);
    const messageId = `click-${link.id}-${this.minute()}`;
    if (message)
      await this.record(target.workspaceId, message, { event: 'Email Link Clicked', messageId, url: link.url });
    return link.url;
  }

  /** An open is an event, one a minute for each mail. */
  async open(token: string, isLookedAt: boolean): Promise<boolean> {
    const target = this.tokens.targetOf('open', token);
    const message = target && (await this.messageOf(target.workspaceId, target.id));
    if (!target || !message) return false;
    if (!isLookedAt) {
      const messageId = `open-${message.id}-${this.minute()}`;
      await this.record(target.workspaceId, message, { event: 'Email Opened', messageId });
    }
    return true;
  }

  /** True for a token that unsubscribes somebody; changes nothing. */
  async isUnsubscribe(token: string): Promise<boolean> {
    const target = this.tokens.targetOf('unsubscribe', token);
    return target !== null && (await this.messageOf(target.workspaceId, target.id)) !== null;
  }

  /** Suppresses the address, ends every enrolment and records the event, all durable when this resolves; once. */
  async unsubscribe(token: string): Promise<boolean> {
    const target = this.tokens.targetOf('unsubscribe', token);
    const message = target && (await this.messageOf(target.workspaceId, target.id));
    if (!target || !message) return false;
    const { workspaceId } = target;
    const now = this.clock.now();
    await this.database.write(async (sql) => {
      const { addressHash, leadId } = message;
      await this.suppressions.add(sql, workspaceId, { addressHash, reason: 'unsubscribed', createdAt: now });
      if (leadId !== null) await this.exits.onStop(sql, { workspaceId, now }, [leadId], 'unsubscribed');
    });
    await this.record(workspaceId, message, { event: 'Email Unsubscribed', messageId: `unsubscribe-${message.id}` });
    return true;
  }

  private messageOf(workspaceId: string, id: string): Promise<MessageDetail | null> {
    return this.messages.byId(this.database.read, workspaceId, id);
  }

  private async record(
    workspaceId: string,
    message: MessageDetail,
    { event, messageId, url }: { event: string; messageId: string; url?: string },
  ): Promise<void> {
    if (message.leadId === null) return;
    const { id, sequenceKey, step, template, subject } = message;
    const properties = { mailId: id, sequence: sequenceKey, step, template, subject, ...(url ? { url } : {}) };
    const receivedAt = this.clock.now();
    const item = { type: 'track', event, messageId, properties };
    await this.ingest.ingest(workspaceId, [item], {
      receivedAt,
      source: 'link',
      trust: 'server',
      leadId: message.leadId,
    });
  }

  private minute(): number {
    return Math.floor(this.clock.now() / MINUTE_MS);
  }
}
