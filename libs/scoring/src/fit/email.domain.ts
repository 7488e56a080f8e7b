import commonProviders from 'email-providers/common.json' with { type: 'json' };

/** Names kept for examples (RFC 2606), at which nobody has an address. */
const forExamples: ReadonlySet<string> = new Set(['example.com', 'example.net', 'example.org']);

/** Domains at which anybody can have an address: the common ones of the package email-providers, kept up there. */
const freeMailDomains: ReadonlySet<string> = new Set(commonProviders.filter((domain) => !forExamples.has(domain)));

/**
 * The domain of an e-mail address and the domains above it, the longest first, in lower case: `["mail.acme.co.uk",
 * "acme.co.uk", "co.uk"]`. So a condition that lists `acme.co.uk` finds its subdomains, too. Undefined without one.
 */
export function emailDomainsOf(email: unknown): string[] | undefined {
  const domain = emailDomainOf(email);
  if (domain === undefined) return undefined;
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => labels.slice(index).join('.'));
}

/** Whether an address is at a free-mail provider, not at a company; undefined without an address. */
export function isFreeMail(email: unknown): boolean | undefined {
  const domain = emailDomainOf(email);
  return domain === undefined ? undefined : freeMailDomains.has(domain);
}

function emailDomainOf(email: unknown): string | undefined {
  if (typeof email !== 'string') return undefined;
  const domain = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  return email.includes('@') && domain !== '' ? domain : undefined;
}
