const DAY = 86_400_000;

/** Milliseconds before `now`. */
export const daysAgo = (days: number): number => days * DAY;

/** One item as a client sends it to `/v1/batch`. */
export interface SentItem {
  type: 'track' | 'page' | 'screen' | 'identify' | 'group';
  messageId: string;
  userId: string;
  /** ISO 8601. */
  timestamp: string;
  event?: string;
  name?: string;
  groupId?: string;
  properties?: Record<string, unknown>;
  traits?: Record<string, unknown>;
  context?: Record<string, unknown>;
}

type Body = Omit<SentItem, 'messageId' | 'userId' | 'timestamp'>;

interface Step {
  body: Body;
  agoMs: number;
}

/**
 * Tells a lead's story and gives the items that a client would send. Nothing here reads a clock: every step happened
 * some time ago, and `items(now)` says when "now" is. Each call gives a new builder; message ids are the same for the
 * same story.
 *
 *     aLead('jane').identified({ title: 'CTO' }).opened(3, daysAgo(2)).visitedPricing(1).items(now)
 */
export class LeadBuilder {
  constructor(
    readonly userId: string,
    private readonly steps: readonly Step[] = [],
  ) {}

  /** `identify` with an e-mail address and a name, and `traits` over them. */
  identified(traits: Record<string, unknown> = {}, agoMs = 0): LeadBuilder {
    const known = { email: `${this.userId}@acme.example`, name: `Lead ${this.userId}` };
    return this.did({ type: 'identify', traits: { ...known, ...traits } }, 1, agoMs);
  }

  /** `group`: works for an account. */
  worksFor(groupId: string, traits: Record<string, unknown> = {}, agoMs = 0): LeadBuilder {
    return this.did({ type: 'group', groupId, traits }, 1, agoMs);
  }

  opened(times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Email Opened', {}, times, agoMs);
  }

  clicked(times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Email Link Clicked', {}, times, agoMs);
  }

  replied(times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Email Replied', {}, times, agoMs);
  }

  askedForDemo(times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Demo Requested', {}, times, agoMs);
  }

  readCaseStudy(times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Case Study Viewed', {}, times, agoMs);
  }

  unsubscribed(agoMs = 0): LeadBuilder {
    return this.tracked('Unsubscribed', {}, 1, agoMs);
  }

  visitedPricing(times = 1, agoMs = 0): LeadBuilder {
    return this.visited('/pricing', times, agoMs);
  }

  visited(path: string, times = 1, agoMs = 0): LeadBuilder {
    const properties = { path, url: `https://www.acme.example${path}` };
    return this.did({ type: 'page', name: path === '/pricing' ? 'Pricing' : 'Page', properties }, times, agoMs);
  }

  /** Product usage: `Feature Used` with the feature's name. */
  used(feature: string, times = 1, agoMs = 0): LeadBuilder {
    return this.tracked('Feature Used', { feature }, times, agoMs);
  }

  tracked(event: string, properties: Record<string, unknown> = {}, times = 1, agoMs = 0): LeadBuilder {
    return this.did({ type: 'track', event, properties }, times, agoMs);
  }

  /** The items, oldest step first told. Several of one step are a millisecond apart, the last one `agoMs` ago. */
  items(now: number): SentItem[] {
    return this.steps.map(({ body, agoMs }, index) => ({
      ...body,
      messageId: `${this.userId}-${index + 1}`,
      userId: this.userId,
      timestamp: new Date(now - agoMs).toISOString(),
    }));
  }

  private did(body: Body, times: number, agoMs: number): LeadBuilder {
    const steps = Array.from({ length: times }, (_, index) => ({ body, agoMs: agoMs + times - 1 - index }));
    return new LeadBuilder(this.userId, [...this.steps, ...steps]);
  }
}

/** Begins the story of a lead. */
export function aLead(userId = 'jane'): LeadBuilder {
  return new LeadBuilder(userId);
}
