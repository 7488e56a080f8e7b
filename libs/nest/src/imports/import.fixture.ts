import { Readable } from 'node:stream';
import type { Import, ImportKind, ImportMapping } from '@rekindle/contracts';
import { ImportRejectionStore, type ImportRejectionRow } from '@rekindle/store';
import type { World } from '../world.fixture';
import { ImportService } from './import.service';
import { ImportWorker } from './import.worker';

/** Changes a proposed mapping as somebody in the wizard would. */
export type Remap = (mapping: ImportMapping) => ImportMapping;

/** Gives columns other targets. */
export const targets =
  (changes: Record<string, string | null>): Remap =>
  (mapping) => ({
    ...mapping,
    columns: mapping.columns.map((each) => ({ ...each, target: changes[each.column] ?? each.target })),
  });

/** The import wizard without its pages. */
export class Wizard {
  readonly service: ImportService;
  readonly worker: ImportWorker;

  constructor(private readonly world: World) {
    this.service = world.get(ImportService);
    this.worker = world.get(ImportWorker);
  }

  upload(kind: ImportKind, file: string | Buffer | Readable, name = 'file.csv'): Promise<Import> {
    const body = file instanceof Readable ? file : Readable.from([Buffer.from(file)]);
    return this.service.create(this.world.workspaceId, { kind, name, body });
  }

  async map(job: Import, remap: Remap): Promise<Import> {
    return this.service.map(this.world.workspaceId, job.id, remap(job.mapping));
  }

  async step(id: string, step: 'check' | 'run' | 'undo'): Promise<Import> {
    await this.service.begin(this.world.workspaceId, id, step);
    await this.worker.drain();
    return this.service.byId(this.world.workspaceId, id);
  }

  /** Uploads, maps and checks. */
  async check(kind: ImportKind, file: string | Buffer | Readable, remap: Remap = (same) => same): Promise<Import> {
    const job = await this.upload(kind, file);
    await this.map(job, remap);
    return this.step(job.id, 'check');
  }

  /** Uploads, maps, checks and runs. */
  async bring(kind: ImportKind, file: string | Buffer | Readable, remap?: Remap): Promise<Import> {
    return this.step((await this.check(kind, file, remap)).id, 'run');
  }

  rejections(id: string): Promise<ImportRejectionRow[]> {
    const page = { line: 0, limit: 10_000 };
    return new ImportRejectionStore().after(this.world.database.read, this.world.workspaceId, id, page);
  }

  async rejectedFile(id: string): Promise<string> {
    const { body } = await this.service.rejected(this.world.workspaceId, id);
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(Buffer.from(piece as Uint8Array));
    return Buffer.concat(pieces).toString('utf8');
  }
}
