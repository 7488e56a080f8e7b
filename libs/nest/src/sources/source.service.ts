import { Inject, Injectable } from '@nestjs/common';
import {
  UserError,
  type NewSource,
  type Source,
  type SourceCatalog,
  type SourceUpdate,
  type SourceWithSecret,
} from '@rekindle/contracts';
import { sources, type SourceDefinition } from '@rekindle/plugins';
import { Database, newId, SourceStore, type SourceChange, type SourceRow } from '@rekindle/store';
import { z } from 'zod';
import { Clock } from '../clock/clock';
import { SecretBox } from '../credentials/secret.box';
import { isoOf } from '../leads/score.mapping';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { definitionOf, knownSource, placeOfSecret } from './source.catalogue';
import { BASIC_USER } from '../verification/basic-auth.verifier';
import type { SecretOrigin } from '../verification/verifier';
import { VerifierRegistry } from '../verification/verifier.registry';

const unknownSource = (): UserError => new UserError('not_found', 'There is no such source.', { status: 404 });

function invalid(path: string, message: string): UserError {
  return new UserError('invalid_source', 'The source is not valid.', { status: 422, errors: [{ path, message }] });
}

function checkedSettings(definition: SourceDefinition, settings: Record<string, unknown>): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(definition.settings.safeParse(settings).data);
  if (parsed.success) return parsed.data;
  const issues = definition.settings.safeParse(settings).error?.issues ?? [];
  const errors = issues.map(({ path, message }) => ({ path: ['settings', ...path].join('.'), message }));
  throw new UserError('invalid_source', 'The source is not valid.', { status: 422, errors });
}

function refuseSecret(origin: SecretOrigin, secret: string | undefined): void {
  if (secret !== undefined && origin !== 'given') throw invalid('secret', 'is not yours to choose for this source');
}

/** Places that send signals: what sales ops set up. */
@Injectable()
export class SourceService {
  private readonly store = new SourceStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly verifiers: VerifierRegistry,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Every kind of source there is. */
  catalogue(): SourceCatalog {
    const items = sources.map(({ key, label, setUp, settings, verification }) => ({
      ...{ key, label, setUp },
      secretOrigin: this.verifiers.of(verification).secretOrigin,
      settingsSchema: z.record(z.string(), z.unknown()).parse(z.toJSONSchema(settings)),
    }));
    return { items };
  }

  async list(workspaceId: string): Promise<Source[]> {
    return (await this.store.list(this.database.read, workspaceId)).map((row) => this.shown(row));
  }

  /** @throws UserError `invalid_source` 422 */
  async create(workspaceId: string, { key, name, settings, secret }: NewSource): Promise<SourceWithSecret> {
    const definition = definitionOf(key);
    if (definition === null) throw invalid('key', 'is not the key of a source in the catalogue');
    const { secretOrigin } = this.verifiers.of(definition.verification);
    refuseSecret(secretOrigin, secret);
    if (secretOrigin === 'given' && secret === undefined) throw invalid('secret', "is needed: the provider's own");
    const now = this.clock.now();
    const id = newId(now);
    const made = secretOrigin === 'made' ? this.newSecret(definition) : null;
    const row = {
      ...{ id, key, name, isEnabled: true, createdAt: now, updatedAt: now },
      ...{ lastReceivedAt: null, lastRefusedAt: null, lastRefusal: null },
      settings: checkedSettings(definition, settings),
      sealedSecret: this.sealed(workspaceId, id, made ?? secret),
    };
    await this.database.write((sql) => this.store.insert(sql, workspaceId, row));
    return this.withSecret(row, made);
  }

  /** @throws UserError `not_found` 404, `invalid_source` 422 */
  async update(workspaceId: string, id: string, update: SourceUpdate): Promise<Source> {
    const { name, isEnabled } = update;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(isEnabled === undefined ? {} : { isEnabled }),
      ...(await this.setUp(workspaceId, id, update)),
    };
    return this.shown(await this.change(workspaceId, id, change));
  }

  /** A new secret in the place of the old one, which is worth nothing from now on. @throws UserError 404, 422 */
  async renewSecret(workspaceId: string, id: string): Promise<SourceWithSecret> {
    const definition = await this.definition(workspaceId, id);
    if (this.verifiers.of(definition.verification).secretOrigin !== 'made') {
      throw invalid('secret', 'is not made here for this source');
    }
    const secret = this.newSecret(definition);
    const sealedSecret = this.sealed(workspaceId, id, secret);
    return this.withSecret(await this.change(workspaceId, id, { sealedSecret }), secret);
  }

  /** @throws UserError `not_found` 404 */
  async delete(workspaceId: string, id: string): Promise<void> {
    if (!(await this.database.write((sql) => this.store.delete(sql, workspaceId, id)))) throw unknownSource();
  }

  /** What only the plugin can judge; a source whose plugin is gone can still be renamed and switched off. */
  private async setUp(workspaceId: string, id: string, { settings, secret }: SourceUpdate): Promise<SourceChange> {
    if (settings === undefined && secret === undefined) return {};
    const definition = await this.definition(workspaceId, id);
    refuseSecret(this.verifiers.of(definition.verification).secretOrigin, secret);
    return {
      ...(settings === undefined ? {} : { settings: checkedSettings(definition, settings) }),
      ...(secret === undefined ? {} : { sealedSecret: this.sealed(workspaceId, id, secret) }),
    };
  }

  private async definition(workspaceId: string, id: string): Promise<SourceDefinition> {
    const row = await this.store.byId(this.database.read, workspaceId, id);
    if (row === null) throw unknownSource();
    const definition = definitionOf(row.key);
    if (definition === null) throw invalid('key', 'is not the key of a source in the catalogue');
    return definition;
  }

  private async change(workspaceId: string, id: string, change: SourceChange): Promise<SourceRow> {
    const now = this.clock.now();
    const row = await this.database.write((sql) => this.store.change(sql, workspaceId, { ...change, id, now }));
    if (row === null) throw unknownSource();
    return row;
  }

  private newSecret({ verification }: SourceDefinition): string {
    return this.verifiers.of(verification).newSecret();
  }

  private sealed(workspaceId: string, id: string, secret: string | undefined): string | null {
    return secret === undefined ? null : this.box.seal(secret, placeOfSecret(workspaceId, id));
  }

  private shown(row: SourceRow): Source {
    const { id, key, name, settings, isEnabled, sealedSecret, lastReceivedAt, lastRefusedAt, lastRefusal } = row;
    return {
      ...{ id, key, name, settings, isEnabled },
      label: definitionOf(key)?.label ?? key,
      url: `${this.options.publicUrl.replace(/\/+$/, '')}/v1/sources/${id}`,
      hasSecret: sealedSecret !== null,
      problem: knownSource(row).problem,
      lastReceivedAt: isoOf(lastReceivedAt),
      lastRefusal: lastRefusedAt === null ? null : { at: isoOf(lastRefusedAt), code: lastRefusal ?? '' },
      createdAt: isoOf(row.createdAt),
      updatedAt: isoOf(row.updatedAt),
    };
  }

  private withSecret(row: SourceRow, secret: string | null): SourceWithSecret {
    const shown = this.shown(row);
    const isInUrl = secret !== null && definitionOf(row.key)?.verification === 'basic-auth';
    const secretUrl = isInUrl ? shown.url.replace('://', `://${BASIC_USER}:${secret}@`) : null;
    return { ...shown, secret, secretUrl };
  }
}
