/** `Ana Silva` from `ana.silva@example.com`; the part before the @ where it does not look like a name. */
export function ownerName(email: string): string {
  const local = email.split('@')[0] ?? email;
  const parts = local.split(/[._-]+/).filter((part) => part !== '');
  if (!parts.every((part) => /^\p{L}+$/u.test(part))) return local;
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}

/** The best name a lead has: name, e-mail or user id; null for a wholly unknown visitor. */
export function leadName(lead: { name: string | null; email: string | null; userId: string | null }): string | null {
  return lead.name ?? lead.email ?? lead.userId;
}
