import { mailgunEvents } from './mailgun-events.source';
import { mailgunInbound } from './mailgun-inbound.source';
import { postmarkEvents } from './postmark-events.source';
import { postmarkInbound } from './postmark-inbound.source';
import { sendgridEvents } from './sendgrid-events.source';
import { sendgridInbound } from './sendgrid-inbound.source';
import { sesEvents } from './ses-events.source';
import { sesInbound } from './ses-inbound.source';
import type { SourceDefinition } from './source.definition';
import { webhook } from './webhook.source';

/** Every kind of source that signals may come from. */
export const sources: readonly SourceDefinition[] = [
  webhook,
  sendgridEvents,
  sendgridInbound,
  mailgunEvents,
  mailgunInbound,
  postmarkEvents,
  postmarkInbound,
  sesEvents,
  sesInbound,
];
