import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OperationalError } from '@rekindle/contracts';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';

const VERSION = 'v1';
const IV_BYTES = 12;

/** Secrets that must be read again: AES-256-GCM under a key derived from the server's, bound to where they are kept. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;

  constructor(@Inject(LEAD_SCORING_OPTIONS) options: LeadScoringOptions) {
    this.key = createHmac('sha256', options.secretKey).update('rekindle/sealed').digest();
  }

  /** `place` names table, column and row: sealed text that was moved elsewhere does not open. */
  seal(secret: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [VERSION, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
  }

  /** @throws OperationalError `secret_unreadable`: another SECRET_KEY sealed it, or it was changed or moved. */
  open(sealed: string, place: string): string {
    const [version, iv = '', tag = '', text = ''] = sealed.split('.');
    try {
      if (version !== VERSION) throw new Error(`unknown version ${version}`);
      const decipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new OperationalError('secret_unreadable', 'A stored secret cannot be read with this SECRET_KEY.', {
        cause,
      });
    }
  }
}
