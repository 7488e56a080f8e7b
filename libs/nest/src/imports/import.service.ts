import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import {
  importFormatSchema,
  importMappingSchema,
  UserError,
  type Import,
  type ImportFormatChange,
  type ImportKind,
  type ImportMapping,
} from '@rekindle/contracts';
import {
  Database,
  ImportRejectionStore,
  ImportStore,
  newId,
  type ImportRow,
  type ImportState,
  type Page,
  type PageRequest,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import { ImportFiles } from '../import-files/import.files';
import { importOf } from './import.mapping';
import { mappingIssues } from './mapping.issues';
import { examineFile } from './mapping.proposal';
import { rejectedFile } from './rejected.file';

const unknownImport = (): UserError => new UserError('not_found', 'There is no such import.', { status: 404 });
const wrongState = (state: ImportState): UserError =>
  new UserError('wrong_state', `The import is ${state}: this cannot be done now.`, { status: 409 });
const emptyCounts = { rowsDone: 0, imported: 0, unchanged: 0, skipped: 0, rejected: 0 };

/** Steps of an import and the states each may start from. */
const steps = {
  check: { from: ['ready', 'checked'], to: 'checking' },
  run: { from: ['checked', 'failed'], to: 'running' },
  undo: { from: ['done', 'failed'], to: 'undoing' },
} as const;
export type ImportStep = keyof typeof steps;

/** Files on their way in: take in, map, check, run, undo. */
@Injectable()
export class ImportService {
  private readonly store = new ImportStore();
  private readonly rejections = new ImportRejectionStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: ImportFiles,
  ) {}

  /** Keeps a file and proposes a mapping. @throws UserError 413, 415, 422 for what cannot be imported */
  async create(workspaceId: string, file: { kind: ImportKind; name: string; body: Readable }): Promise<Import> {
    const now = this.clock.now();
    const id = newId(now);
    const { bytes, encoding } = await this.files.keep(id, file.body);
    const examined = await this.examine(id, file.kind, { encoding });
    const open = { state: 'ready', finding: null, error: null, finishedAt: null } as const;
    const times = { createdAt: now, updatedAt: now };
    const row: ImportRow = {
      ...{ id, kind: file.kind, fileName: file.name, bytes },
      ...open,
      ...examined,
      ...emptyCounts,
      ...times,
    };
    await this.database.write((sql) => this.store.insert(sql, workspaceId, row));
    return importOf(row);
  }

  async list(workspaceId: string, page: PageRequest): Promise<Page<Import>> {
    const { items, nextCursor } = await this.store.list(this.database.read, workspaceId, page);
    return { items: items.map(importOf), nextCursor };
  }

  /** @throws UserError 404 */
  async byId(workspaceId: string, id: string): Promise<Import> {
    return importOf(await this.rowOf(workspaceId, id));
  }

  /** Reads the file in another way and proposes a mapping anew. @throws UserError 404, 409, 422 */
  async reformat(workspaceId: string, id: string, change: ImportFormatChange): Promise<Import> {
    const row = await this.editable(workspaceId, id);
    const kind = change.kind ?? row.kind;
    const found = await this.files.encodingOf(id);
    const encoding = change.encoding ?? importFormatSchema.parse(row.format).encoding;
    if (encoding === 'utf-8' && found !== 'utf-8') {
      throw new UserError('not_utf8', 'The file is not valid UTF-8.', { status: 422 });
    }
    return this.describe(workspaceId, row, {
      kind,
      ...(await examineFile(this.files.pathOf(id), kind, { encoding, change })),
    });
  }

  /** Replaces the mapping; what it lacks is listed as issues. @throws UserError 404, 409 */
  async map(workspaceId: string, id: string, mapping: ImportMapping): Promise<Import> {
    const row = await this.editable(workspaceId, id);
    return this.describe(workspaceId, row, { kind: row.kind, format: row.format, mapping });
  }

  /** Starts a step, which a worker takes on. @throws UserError 404, 409, 422 `mapping_incomplete` */
  async begin(workspaceId: string, id: string, step: ImportStep): Promise<Import> {
    const row = await this.rowOf(workspaceId, id);
    if (step === 'check') refuseIncomplete(row);
    const { from, to } = steps[step];
    const change = { id, from, to, now: this.clock.now() };
    if (!(await this.database.write((sql) => this.store.begin(sql, workspaceId, change)))) throw wrongState(row.state);
    return this.byId(workspaceId, id);
  }

  /** The refused rows as CSV. @throws UserError 404 */
  async rejected(workspaceId: string, id: string): Promise<{ name: string; body: Readable }> {
    const row = await this.rowOf(workspaceId, id);
    const stem = row.fileName.replace(/\.\w{1,8}$/, '').replace(/[^\w.-]+/g, '_');
    return { name: `${stem || 'file'}-rejected.csv`, body: rejectedFile(this.database.read, workspaceId, row) };
  }

  /** Forgets an import that brought nothing, with its file. @throws UserError 404, 409 */
  async discard(workspaceId: string, id: string): Promise<void> {
    const row = await this.rowOf(workspaceId, id);
    const isGone = await this.database.write(async (sql) => {
      const isDiscarded = await this.store.discard(sql, workspaceId, id);
      if (isDiscarded) await this.rejections.deleteAll(sql, workspaceId, id);
      return isDiscarded;
    });
    if (!isGone) throw wrongState(row.state);
    await this.files.remove(id);
  }

  /** A file that cannot be read is not kept. */
  private async examine(id: string, kind: ImportKind, read: Parameters<typeof examineFile>[2]) {
    try {
      return await examineFile(this.files.pathOf(id), kind, read);
    } catch (error) {
      await this.files.remove(id);
      throw error;
    }
  }

  private async describe(
    workspaceId: string,
    row: ImportRow,
    to: Pick<ImportRow, 'kind' | 'format' | 'mapping'>,
  ): Promise<Import> {
    const change = { id: row.id, ...to, now: this.clock.now() };
    if (!(await this.database.write((sql) => this.store.describe(sql, workspaceId, change))))
      throw wrongState(row.state);
    return this.byId(workspaceId, row.id);
  }

  private async rowOf(workspaceId: string, id: string): Promise<ImportRow> {
    const row = await this.store.byId(this.database.read, workspaceId, id);
    if (!row) throw unknownImport();
    return row;
  }

  private async editable(workspaceId: string, id: string): Promise<ImportRow> {
    const row = await this.rowOf(workspaceId, id);
    if (row.state !== 'ready' && row.state !== 'checked') throw wrongState(row.state);
    return row;
  }
}

function refuseIncomplete({ kind, format, mapping }: ImportRow): void {
  const errors = mappingIssues(kind, importFormatSchema.parse(format), importMappingSchema.parse(mapping));
  if (errors.length === 0) return;
  throw new UserError('mapping_incomplete', 'The mapping is not complete.', { status: 422, errors });
}
