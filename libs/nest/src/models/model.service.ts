import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UserError, type FieldError } from '@rekindle/contracts';
import { modelIssues, type ScoringModel } from '@rekindle/scoring';
import { Database, ModelStore, newId, type ModelRow, type Sql } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { changedMeanwhile } from './entity.tag';
import { RescoreService } from './rescore.service';

const unknownModel = (): UserError => new UserError('not_found', 'There is no such model.', { status: 404 });

/** What of two versions must stay the same: ranks of all versions refer to one landmark. */
function refuseOtherModel(key: string, document: ScoringModel, published: ModelRow | null): void {
  const errors: FieldError[] = [...modelIssues(document)];
  if (document.key !== key) errors.push({ path: 'key', message: `must stay ${key}` });
  const landmark = (published?.document as Partial<ScoringModel> | undefined)?.landmark;
  if (landmark !== undefined && landmark !== document.landmark) {
    errors.push({ path: 'landmark', message: `must stay ${landmark}: stored ranks refer to it` });
  }
  if (errors.length > 0) throw new UserError('invalid_model', 'The model is not valid.', { status: 422, errors });
}

/** Scoring models: one draft under edit, published versions that never change. */
@Injectable()
export class ModelService {
  private readonly store = new ModelStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rescore: RescoreService,
  ) {}

  /** Every version, newest first per key. */
  list(workspaceId: string): Promise<ModelRow[]> {
    return this.store.list(this.database.read, workspaceId);
  }

  /** The version that scores. Throws 404. */
  async published(workspaceId: string, key: string): Promise<ModelRow> {
    const row = await this.store.published(this.database.read, workspaceId, key);
    if (!row) throw unknownModel();
    return row;
  }

  /** The draft; without one, the published version as the draft that could follow it. Throws 404. */
  async draft(workspaceId: string, key: string): Promise<ModelRow> {
    return this.editable(this.database.read, workspaceId, key);
  }

  /** Saves the draft if `ifMatch` is still its tag. Throws 404, 412, 422. */
  async saveDraft(
    workspaceId: string,
    key: string,
    change: { document: ScoringModel; ifMatch: string },
  ): Promise<ModelRow> {
    const now = this.clock.now();
    return this.database.write(async (sql) => {
      const current = await this.editable(sql, workspaceId, key);
      if (current.etag !== change.ifMatch) throw changedMeanwhile();
      refuseOtherModel(key, change.document, await this.store.published(sql, workspaceId, key));
      const row: ModelRow = { ...current, document: change.document, etag: randomUUID(), updatedAt: now };
      const isSaved = await this.store.replaceDraft(sql, workspaceId, { ...change, key, etag: row.etag, now });
      if (!isSaved) await this.store.insert(sql, workspaceId, { ...row, id: newId(now), createdAt: now });
      return row;
    });
  }

  /** Makes the draft the version that scores and re-scores every lead with it. Throws 404, 409, 412. */
  async publish(workspaceId: string, key: string, ifMatch: string): Promise<{ row: ModelRow; leadsRescored: number }> {
    const now = this.clock.now();
    const { before, row } = await this.database.write(async (sql) => {
      const published = await this.store.published(sql, workspaceId, key);
      if (!published) throw unknownModel();
      const draft = await this.store.draft(sql, workspaceId, key);
      if (!draft) throw new UserError('no_draft', 'There is no draft to publish.', { status: 409 });
      return { before: published, row: await this.store.publish(sql, workspaceId, { key, ifMatch, now }) };
    });
    if (!row) throw changedMeanwhile();
    return {
      row,
      leadsRescored: await this.rescore.all(workspaceId, { before: before.document, after: row.document }),
    };
  }

  private async editable(sql: Sql, workspaceId: string, key: string): Promise<ModelRow> {
    const draft = await this.store.draft(sql, workspaceId, key);
    if (draft) return draft;
    const published = await this.store.published(sql, workspaceId, key);
    if (!published) throw unknownModel();
    return { ...published, version: published.version + 1, status: 'draft', publishedAt: null };
  }
}
