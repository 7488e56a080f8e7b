import type { Condition } from '../condition/condition';
import type { SignalDefinition } from './model.schema';

/** Events of type `track` by any of these names. */
function tracked(...names: string[]): Condition {
  return {
    all: [
      { fact: 'event.type', operator: 'eq', value: 'track' },
      { fact: 'event.name', operator: 'in', value: names },
    ],
  };
}

/** Of opens and clicks of which nobody can say whether a person did them. */
const unsure: Condition = { fact: 'event.context', path: 'verdict', operator: 'eq', value: 'unsure' };

const clicks = ['Email Link Clicked', 'Email Clicked', 'Link Clicked'];
const opens = ['Email Opened', 'Email Open', 'Opened Email'];

const pages: Condition = { fact: 'event.type', operator: 'eq', value: 'page' };

const pricingPage: Condition = {
  any: [
    tracked('Pricing Page Viewed', 'Pricing Viewed', 'Viewed Pricing', 'Viewed Pricing Page'),
    {
      all: [
        pages,
        {
          any: [
            { fact: 'event.pagePath', operator: 'contains', value: '/pricing' },
            { fact: 'event.name', operator: 'in', value: ['Pricing', 'Pricing Page'] },
          ],
        },
      ],
    },
  ],
};

/**
 * Signals by effort and intent: reply > demo request > pricing page > case study = download > click > visit = open.
 * Whatever a browser may send has a daily limit, since anybody can send it: a flood of it counts no more than a busy day.
 */
export const defaultSignals: SignalDefinition[] = [
  {
    key: 'reply',
    label: 'Replied to an e-mail',
    kind: 'reply',
    match: tracked('Email Replied', 'Replied', 'Email Reply', 'Email Reply Received', 'Reply Received'),
    weightPoints: 10,
  },
  {
    key: 'demo-request',
    label: 'Asked for a demo',
    kind: 'request',
    match: tracked('Demo Requested', 'Requested Demo', 'Demo Booked', 'Meeting Booked', 'Contact Requested'),
    weightPoints: 9,
    dailyLimit: 10,
  },
  {
    key: 'pricing-page',
    label: 'Looked at pricing',
    kind: 'visit',
    match: pricingPage,
    weightPoints: 6,
    dailyLimit: 3,
  },
  {
    key: 'case-study',
    label: 'Read a case study',
    kind: 'download',
    match: tracked('Case Study Viewed', 'Case Study Downloaded', 'Case Study Opened', 'Case Study Read'),
    weightPoints: 4,
    dailyLimit: 10,
  },
  {
    key: 'download',
    label: 'Downloaded content',
    kind: 'download',
    match: tracked(
      'Content Downloaded',
      'Whitepaper Downloaded',
      'White Paper Downloaded',
      'Ebook Downloaded',
      'Resource Downloaded',
      'Asset Downloaded',
      'File Downloaded',
      'Document Downloaded',
    ),
    weightPoints: 4,
    dailyLimit: 10,
  },
  {
    key: 'link-click-unsure',
    label: 'Clicked a link, perhaps by a machine',
    // No sign of life: it must not end a sequence.
    kind: 'open',
    match: { all: [tracked(...clicks), unsure] },
    weightPoints: 1,
    dailyLimit: 3,
    mostPoints: 3,
  },
  {
    key: 'link-click',
    label: 'Clicked a link in an e-mail',
    kind: 'click',
    match: tracked(...clicks),
    weightPoints: 3,
    dailyLimit: 20,
  },
  {
    key: 'social',
    label: 'Engaged on social media',
    kind: 'social',
    match: tracked('Social Engaged', 'Social Engagement', 'Social Shared', 'Social Liked', 'Social Commented'),
    weightPoints: 2,
    dailyLimit: 20,
  },
  {
    key: 'page-visit',
    label: 'Visited a page',
    kind: 'visit',
    match: pages,
    weightPoints: 1,
    dailyLimit: 10,
    mostPoints: 10,
  },
  {
    key: 'email-open-unsure',
    label: 'Opened an e-mail, perhaps by a machine',
    kind: 'open',
    match: { all: [tracked(...opens), unsure] },
    weightPoints: 0.25,
    dailyLimit: 3,
    mostPoints: 1,
  },
  {
    key: 'email-open',
    label: 'Opened an e-mail',
    kind: 'open',
    match: tracked(...opens),
    weightPoints: 1,
    dailyLimit: 3,
    mostPoints: 5,
  },
  {
    key: 'unsubscribe',
    label: 'Unsubscribed',
    kind: 'negative',
    match: tracked('Unsubscribed', 'Email Unsubscribed', 'Unsubscribe'),
    weightPoints: -10,
  },
  {
    key: 'bounce',
    label: 'E-mail bounced',
    kind: 'negative',
    match: tracked('Email Bounced', 'Email Hard Bounced'),
    weightPoints: -5,
  },
  {
    key: 'spam-complaint',
    label: 'Marked an e-mail as spam',
    kind: 'negative',
    match: tracked('Email Marked as Spam', 'Email Spam Reported', 'Spam Reported'),
    weightPoints: -20,
  },
];
