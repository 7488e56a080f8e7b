import { hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { OperationalError, UserError, type IngestResponse } from '@rekindle/contracts';
import type { Delivery, SourceDefinition } from '@rekindle/plugins';
import { Database, SourceStore, type OfWorkspace, type SourceRow } from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { IncomingRequest } from '../credentials/request.reader';
import { SecretBox } from '../credentials/secret.box';
import { readRawBody } from '../ingest/body.reader';
import { IngestService } from '../ingest/ingest.service';
import { deliveryBodyOf, type DeliveryBody } from './delivery.body';
import { DeliveryIntake } from './delivery.intake';
import { knownSource, placeOfSecret } from './source.catalogue';
import { MAILGUN_TOLERANCE_MS } from '../verification/mailgun.verifier';
import type { Disbelief, VerificationResult } from '../verification/verifier';
import { VerifierRegistry } from '../verification/verifier.registry';

type StoredSource = OfWorkspace<SourceRow>;
type Understood = { definition: SourceDefinition; settings: unknown };
type Accepted = Extract<VerificationResult, { isRight: true }>;

const nothing: IngestResponse = { success: true, accepted: 0, duplicate: 0, conflict: 0, rejected: 0, results: [] };

const unknownSource = (): UserError => new UserError('unknown_source', 'There is no such source.', { status: 404 });

/** Whoever sent it learns nothing of the reason; the source's own workspace does. */
class Disbelieved extends UserError {
  constructor(readonly reason: Disbelief) {
    super('signature_wrong', 'The signature is missing, wrong, too old or used before.', { status: 401 });
  }
}

/** Calls are noted at most this often: one that is refused needs no key, and must not keep the writer busy. */
const NOTE_EVERY_MS = 5_000;

/** Takes in what sources send: believed by its signature alone, whose workspace is the source's own. */
@Injectable()
export class DeliveryService {
  private readonly log = new Logger('Sources');
  private readonly store = new SourceStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly verifiers: VerifierRegistry,
    private readonly intake: DeliveryIntake,
    private readonly ingest: IngestService,
  ) {}

  /**
   * Everything accepted is on disk, and scored, when this resolves.
   * @throws UserError `unknown_source` 404, `signature_wrong` 401, those of an unreadable body 400, 413, 415;
   * OperationalError `source_broken`, `overloaded` and those of the database
   */
  async receive(sourceId: string, request: IncomingRequest): Promise<IngestResponse> {
    this.ingest.assertTimely();
    const source = await this.store.forDelivery(this.database.read, sourceId);
    if (source === null || !source.isEnabled) throw unknownSource();
    const known = this.understood(source);
    try {
      const answer = await this.take(source, known, request);
      await this.note(source, null);
      return answer;
    } catch (error) {
      if (error instanceof UserError) await this.note(source, error instanceof Disbelieved ? error.reason : error.code);
      throw error;
    }
  }

  private async take(
    source: StoredSource,
    { definition, settings }: Understood,
    request: IncomingRequest,
  ): Promise<IngestResponse> {
    const bytes = await readRawBody(request, definition.mostBytes);
    const body = once(() => deliveryBodyOf(bytes, request.headers));
    const accepted = await this.verified(source, definition, { bytes, headers: request.headers, body, settings });
    if (accepted.isDone) return nothing;
    const delivery: Delivery = { ...(await body()), id: accepted.id };
    return this.intake.take(source.workspaceId, await definition.parse(delivery), definition.key);
  }

  private async note({ workspaceId, id, lastRefusedAt }: StoredSource, refusal: string | null): Promise<void> {
    const at = this.clock.now();
    const unlessAfter = at - NOTE_EVERY_MS;
    if (refusal !== null && lastRefusedAt !== null && lastRefusedAt > unlessAfter) return;
    const call = { sourceId: id, at, refusal, unlessAfter };
    await this.database.write((sql) => this.store.noteCall(sql, workspaceId, call));
  }

  private understood(source: StoredSource): Understood {
    const known = knownSource(source);
    if (known.problem === null) return known;
    this.log.error({ code: 'source_broken', sourceId: source.id, problem: known.problem });
    throw new OperationalError('source_broken', 'The source is not set up rightly.', { retryAfterMs: 600_000 });
  }

  private async verified(
    source: StoredSource,
    { verification }: SourceDefinition,
    given: { bytes: Buffer; headers: IncomingRequest['headers']; body: () => Promise<DeliveryBody>; settings: unknown },
  ): Promise<Accepted> {
    const { id, workspaceId, sealedSecret } = source;
    const secret = sealedSecret === null ? null : this.box.open(sealedSecret, placeOfSecret(workspaceId, id));
    const result = await this.verifiers.of(verification).verify({ ...given, secret, now: this.clock.now() });
    const isReused = result.isRight && !(await this.isFirstUse(source, result.token, given.bytes));
    if (result.isRight && !isReused) return result;
    const reason = result.isRight ? 'used_before' : result.reason;
    this.log.warn({ code: 'signature_wrong', reason, sourceId: id });
    throw new Disbelieved(reason);
  }

  /** The same bytes may come again under one token, as providers repeat what was not answered; others may not. */
  private async isFirstUse(source: StoredSource, token: string | null, bytes: Buffer): Promise<boolean> {
    if (token === null) return true;
    const receivedAt = this.clock.now();
    const receipt = { sourceId: source.id, token, bodyHash: hash('sha256', bytes, 'base64url'), receivedAt };
    return this.database.write(async (sql) => {
      await this.store.forget(sql, source.workspaceId, receivedAt - 3 * MAILGUN_TOLERANCE_MS);
      return this.store.claim(sql, source.workspaceId, receipt);
    });
  }
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | null = null;
  return () => (reading ??= read());
}
