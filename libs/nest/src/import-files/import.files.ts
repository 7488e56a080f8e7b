import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { MOST_IMPORT_BYTES, UserError, type ImportEncoding } from '@rekindle/contracts';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { EncodingDetector } from './file.encoding';

const MEGABYTE = 1024 * 1024;

/** 413: the file is larger than an import may be. */
export function fileTooLarge(): UserError {
  return new UserError('payload_too_large', `A file may hold at most ${MOST_IMPORT_BYTES / MEGABYTE} MB.`, {
    status: 413,
  });
}

/** Lets bytes pass up to the limit and looks at them on the way. */
function inspection(detector: EncodingDetector): { stream: Transform; size: () => number } {
  let size = 0;
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      size += piece.length;
      if (size > MOST_IMPORT_BYTES) return done(fileTooLarge());
      detector.take(piece);
      done(null, piece);
    },
  });
  return { stream, size: () => size };
}

/** The files that wait to be imported, in the data folder. Ids are ours, so that no name of a client's is a path. */
@Injectable()
export class ImportFiles {
  private readonly folder: string;

  constructor(@Inject(LEAD_SCORING_OPTIONS) options: LeadScoringOptions) {
    const database = resolve(options.databaseUrl.replace(/^sqlite:(\/\/(?=\/))?/, ''));
    this.folder = resolve(options.importFolder ?? join(dirname(database), 'imports'));
  }

  pathOf(id: string): string {
    return join(this.folder, `${id}.upload`);
  }

  /**
   * Streams a body to disk; what cannot be imported is not kept.
   * @throws UserError `payload_too_large`, `not_a_table`, `empty_file`, `body_aborted`
   */
  async keep(id: string, body: Readable): Promise<{ bytes: number; encoding: ImportEncoding }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const detector = new EncodingDetector();
    const { stream, size } = inspection(detector);
    try {
      await pipeline(body, stream, createWriteStream(this.pathOf(id), { mode: 0o600, flush: true }));
      return { bytes: size(), encoding: detector.encoding() };
    } catch (error) {
      await this.remove(id);
      if (error instanceof UserError || stream.errored instanceof UserError) throw stream.errored ?? error;
      throw new UserError('body_aborted', 'The file did not arrive completely.', { cause: error });
    }
  }

  /** The encoding the file itself suggests, found by reading it once more. */
  async encodingOf(id: string): Promise<ImportEncoding> {
    const detector = new EncodingDetector();
    for await (const piece of createReadStream(this.pathOf(id))) detector.take(piece as Buffer);
    return detector.encoding();
  }

  /** Forgets a file; one that is gone already is no error. */
  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }
}
