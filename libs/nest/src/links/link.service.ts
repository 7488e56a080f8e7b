import { Injectable } from '@nestjs/common';
import { judgeMailActs } from '@rekindle/plugins';
import { Database, LinkStore, MessageListStore, SuppressionStore, type MessageDetail } from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { MailActNote } from '../ingest/canonical.message';
import { IngestService } from '../ingest/ingest.service';
import { LinkTokens } from '../mailing/link.tokens';
import { EnrolmentExits } from '../sequences/enrolment.exits';

const MINUTE_MS = 60_000;
const LONGEST_AGENT = 500;

/** Who follows a link or loads a pixel, as far as the request tells. */
export interface Visitor {
  isHead: boolean;
  /** Empty if none was sent. */
  userAgent: string;
}

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

  /** Where a link leads. The click is an event, one a minute for each link and kind of visitor. */
  async follow(token: string, visitor: Visitor): Promise<string | null> {
    const target = this.tokens.targetOf('click', token);
    const link = target && (await this.links.byId(this.database.read, target.workspaceId, target.id));
    if (!target || !link) return null;
    const { workspaceId } = target;
    const message = await this.messageOf(workspaceId, link.messageId);
    if (message === null) return link.url;
    const linkCount = await this.links.countOf(this.database.read, workspaceId, message.id);
    const act = this.actOf(message, visitor, { kind: 'click', link: link.id, linkCount, isTrap: link.isTrap });
    const messageId = `click-${link.id}-${this.minuteOf(act)}`;
    await this.record(workspaceId, message, { event: 'Email Link Clicked', messageId, url: link.url, act });
    return link.url;
  }

  /** An open is an event, one a minute for each mail and kind of visitor. */
  async open(token: string, visitor: Visitor): Promise<boolean> {
    const target = this.tokens.targetOf('open', token);
    const message = target && (await this.messageOf(target.workspaceId, target.id));
    if (!target || !message) return false;
    const act = this.actOf(message, visitor, { kind: 'open', link: null, linkCount: null, isTrap: false });
    const messageId = `open-${message.id}-${this.minuteOf(act)}`;
    await this.record(target.workspaceId, message, { event: 'Email Opened', messageId, act });
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
    { event, messageId, url, act }: { event: string; messageId: string; url?: string; act?: MailActNote },
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
      notes: [{ act: act ?? null }],
    });
  }

  private actOf(
    message: MessageDetail,
    { isHead, userAgent }: Visitor,
    about: Pick<MailActNote, 'kind' | 'link' | 'linkCount' | 'isTrap'>,
  ): MailActNote {
    const agent = userAgent.slice(0, LONGEST_AGENT);
    const mail = { mailKey: message.id, handedOverAt: message.sentAt };
    return { ...about, ...mail, userAgent: agent, isHead, flag: null };
  }

  /** Within a minute, what looks like a machine must not stand in the place of a person. */
  private minuteOf(act: MailActNote): string {
    const at = this.clock.now();
    const [judged] = judgeMailActs([{ ...act, at }]);
    const minute = String(Math.floor(at / MINUTE_MS));
    return judged === undefined || judged.verdict === 'human' ? minute : `${minute}-${judged.verdict}`;
  }
}
