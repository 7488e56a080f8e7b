import { randomUUID } from 'node:crypto';

/**
 * A new UUIDv7 (RFC 9562) whose time part is `now` (epoch ms), so that ids sort by time of creation and indexes stay
 * dense. The random part is that of a version 4 UUID, for which Node keeps a pool of random bytes.
 */
export const newId = (now: number): string => {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};
