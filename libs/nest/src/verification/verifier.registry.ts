import { Injectable } from '@nestjs/common';
import type { Verification } from '@rekindle/plugins';
import { basicAuthVerifier } from './basic-auth.verifier';
import { mailgunVerifier } from './mailgun.verifier';
import { sendgridVerifier } from './sendgrid.verifier';
import { SnsClient } from './sns.client';
import { snsVerifier } from './sns.verifier';
import { standardWebhooksVerifier } from './standard-webhooks.verifier';
import type { Verifier } from './verifier';

/** Every way to prove where a delivery comes from. */
@Injectable()
export class VerifierRegistry {
  private readonly verifiers: Record<Verification, Verifier>;

  constructor(sns: SnsClient) {
    this.verifiers = {
      'sendgrid-ecdsa': sendgridVerifier,
      'mailgun-hmac': mailgunVerifier,
      'basic-auth': basicAuthVerifier,
      'amazon-sns': snsVerifier(sns),
      'standard-webhooks': standardWebhooksVerifier,
    };
  }

  of(verification: Verification): Verifier {
    return this.verifiers[verification];
  }
}
