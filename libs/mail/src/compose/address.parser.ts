import { domainToASCII } from 'node:url';

/** Why a text is not one mail address. */
export type AddressFault = 'empty' | 'too_long' | 'control_character' | 'not_one_address' | 'local_part' | 'domain';

/** One mailbox: `address` is `local@domain` with the domain in lower-case ASCII (punycode). */
export interface MailboxAddress {
  address: string;
  domain: string;
  /** True where the domain was written in another script; lookalikes hide there. */
  isInternational: boolean;
}

export type ParsedAddress = { isValid: true; mailbox: MailboxAddress } | { isValid: false; fault: AddressFault };

const MOST_CHARACTERS = 254;
const MOST_LOCAL_CHARACTERS = 64;
/** Written forms are bounded before anything else looks at them. */
const MOST_WRITTEN_CHARACTERS = 320;

const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Cs}/u;
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** ASCII: letters, digits, hyphen, dot. Anything beyond ASCII is for IDNA to judge. */

const writtenDomain = /^(?:[a-z0-9.-]|[^\u0000-\u007f\s])+$/iu;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads exactly one addr-spec, in the form today's mail systems accept: dot-atom local part of ASCII, domain with at
 * least two labels, international domains turned into punycode. Spaces round it are dropped, the local part is kept as
 * written. Refused: lists, groups, display names, comments, quoted local parts, address literals, control characters.
 */
export function parseAddress(written: string): ParsedAddress {
  const text = written.replace(/^ +| +$/g, '');
  const at = text.lastIndexOf('@');
  const fault = writtenFault(text, at);
  if (fault) {
    return { isValid: false, fault };
  }
  const local = text.slice(0, at);
  if (local.length > MOST_LOCAL_CHARACTERS || !localPart.test(local)) {
    return { isValid: false, fault: 'local_part' };
  }
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null) {
    return { isValid: false, fault: 'domain' };
  }
  const address = `${local}@${domain}`;
  if (address.length > MOST_CHARACTERS) {
    return { isValid: false, fault: 'too_long' };
  }
  return { isValid: true, mailbox: { address, domain, isInternational: domain.includes('xn--') } };
}

function writtenFault(text: string, at: number): AddressFault | null {
  if (text === '') {
    return 'empty';
  }
  if (text.length > MOST_WRITTEN_CHARACTERS) {
    return 'too_long';
  }
  if (controls.test(text)) {
    return 'control_character';
  }
  return at < 1 || /[\s,;:<>()[\]"\\]/.test(text) || text.indexOf('@') !== at ? 'not_one_address' : null;
}

function asciiDomain(written: string): string | null {
  if (!writtenDomain.test(written)) {
    return null;
  }
  const domain = domainToASCII(written).toLowerCase();
  const labels = domain.split('.');
  const topLabel = labels.at(-1) ?? '';
  const isDomain = labels.length >= 2 && labels.every((part) => label.test(part)) && !/^\d+$/.test(topLabel);
  return isDomain ? domain : null;
}
