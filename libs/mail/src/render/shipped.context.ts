/**
 * What the shipped templates read. Types, not interfaces, so that they fit `TemplateContext`. Optional values have a
 * wording of their own when absent; the others are required and hold the mail when absent.
 */
export type MailPerson = {
  firstName?: string | null;
  name?: string | null;
  email?: string | null;
  title?: string | null;
};

/** For `re-engagement-1` and `re-engagement-2`. */
export type PromotionalMailContext = {
  lead: MailPerson;
  account?: { name?: string | null } | null;
  /** Who writes: a person, with the company and its postal address (the law asks for it). */
  sender: {
    name: string;
    title?: string | null;
    company: string;
    postalAddress: string;
  };
  links: {
    /** Where the one button leads. */
    cta: string;
    unsubscribe: string;
  };
};

/** For `alert-engagement-high` and `alert-spike`. Numbers and times are shown as given: round and format them. */
export type AlertMailContext = {
  lead: MailPerson;
  account?: { name?: string | null } | null;
  /** The colleague the alert goes to. */
  owner?: MailPerson | null;
  alert: {
    title: string;
    /** Why, in one sentence. */
    sentence: string;
    score: number | string;
    band?: string | null;
    /** What explains it, strongest first. */
    causes: readonly { label: string; count: number | string; points: number | string }[];
    nextStep: string;
    /** The instant of the crossing, in words people read, e.g. `3 June 2025, 14:05 UTC`. */
    at: string;
  };
  links: {
    /** The lead in the admin. */
    lead: string;
  };
};
