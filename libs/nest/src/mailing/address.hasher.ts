import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';

/** The keyed hash under which an address is suppressed: it names nobody, and differs between workspaces. */
@Injectable()
export class AddressHasher {
  private readonly key: Buffer;

  constructor(@Inject(LEAD_SCORING_OPTIONS) options: LeadScoringOptions) {
    this.key = createHmac('sha256', options.secretKey).update('rekindle/address').digest();
  }

  /** HMAC-SHA-256, hex. Upper and lower case and white space around do not matter. */
  hash(workspaceId: string, address: string): string {
    return createHmac('sha256', this.key).update(`${workspaceId}\n${address.trim().toLowerCase()}`).digest('hex');
  }
}
