import { Readable } from 'node:stream';
import { Delete, Get, HttpCode, Post, Put, Req, StreamableFile } from '@nestjs/common';
import {
  importFormatChangeSchema,
  importListSchema,
  importMappingSchema,
  importSchema,
  importUploadQuerySchema,
  MOST_IMPORT_BYTES,
  pageQuerySchema,
  UserError,
  type Import,
  type ImportFormatChange,
  type ImportMapping,
  type ImportList,
} from '@rekindle/contracts';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { headerOf, type IncomingRequest } from '../credentials/request.reader';
import { fileTooLarge } from '../import-files/import.files';
import { BodyInput, PathInput, QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { ImportService } from './import.service';

const idSchema = z.uuid();
type UploadRequest = IncomingRequest & { raw?: Readable; body?: unknown; rawBody?: unknown };

/** The file of an upload: a stream nobody has read, or the bytes a host has read before us. */
function fileOf(request: UploadRequest): Readable {
  const coding = headerOf(request, 'content-encoding') ?? 'identity';
  if (coding !== 'identity') {
    throw new UserError('unsupported_encoding', 'Send the file as it is, not compressed.', { status: 415 });
  }
  if (Number(headerOf(request, 'content-length') ?? 0) > MOST_IMPORT_BYTES) throw fileTooLarge();
  for (const read of [request.rawBody, request.body]) {
    if (read instanceof Uint8Array) return Readable.from([Buffer.from(read)]);
  }
  return request.raw ?? (request as unknown as Readable);
}

/** Files of leads, accounts, events and outcomes: upload, map, check, run, undo. */
@ApiController('api/imports')
export class ImportsController {
  constructor(private readonly imports: ImportService) {}

  @Post()
  @Access('session', ['imports:write'])
  @Describe({
    summary: 'Upload a CSV or NDJSON file as the body, 128 MB at most; answers how it would be mapped',
    answer: importSchema,
    problems: [413, 415, 422],
  })
  create(
    @CurrentCaller() { workspaceId }: Caller,
    @QueryInput(importUploadQuerySchema) { kind, name }: z.infer<typeof importUploadQuerySchema>,
    @Req() request: UploadRequest,
  ): Promise<Import> {
    return this.imports.create(workspaceId, { kind, name, body: fileOf(request) });
  }

  @Get()
  @Access('session', ['imports:read'])
  @Describe({ summary: 'List imports, newest first', answer: importListSchema })
  list(
    @CurrentCaller() { workspaceId }: Caller,
    @QueryInput(pageQuerySchema) page: z.infer<typeof pageQuerySchema>,
  ): Promise<ImportList> {
    return this.imports.list(workspaceId, page);
  }

  @Get(':id')
  @Access('session', ['imports:read'])
  @Describe({ summary: 'An import with its mapping, findings and progress', answer: importSchema, problems: [404] })
  byId(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<Import> {
    return this.imports.byId(workspaceId, id);
  }

  @Put(':id/format')
  @Access('session', ['imports:write'])
  @Describe({
    summary: 'Read the file as another kind, encoding or delimiter, and propose a mapping anew',
    answer: importSchema,
    problems: [404, 409, 422],
  })
  reformat(
    @CurrentCaller() { workspaceId }: Caller,
    @PathInput('id', idSchema) id: string,
    @BodyInput(importFormatChangeSchema) change: ImportFormatChange,
  ): Promise<Import> {
    return this.imports.reformat(workspaceId, id, change);
  }

  @Put(':id/mapping')
  @Access('session', ['imports:write'])
  @Describe({ summary: 'Say what becomes of each column', answer: importSchema, problems: [404, 409] })
  map(
    @CurrentCaller() { workspaceId }: Caller,
    @PathInput('id', idSchema) id: string,
    @BodyInput(importMappingSchema) mapping: ImportMapping,
  ): Promise<Import> {
    return this.imports.map(workspaceId, id, mapping);
  }

  @Post(':id/check')
  @HttpCode(202)
  @Access('session', ['imports:write'])
  @Describe({
    summary: 'Dry run: count what an import would do and list the rows it would refuse; writes nothing',
    answer: importSchema,
    problems: [404, 409, 422],
  })
  check(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<Import> {
    return this.imports.begin(workspaceId, id, 'check');
  }

  @Post(':id/run')
  @HttpCode(202)
  @Access('session', ['imports:write'])
  @Describe({
    summary: 'Import what was checked, or go on with an import that failed',
    answer: importSchema,
    problems: [404, 409],
  })
  run(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<Import> {
    return this.imports.begin(workspaceId, id, 'run');
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Access('session', ['imports:write'])
  @Describe({
    summary: 'Withdraw everything an import brought; scores follow exactly',
    answer: importSchema,
    problems: [404, 409],
  })
  undo(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<Import> {
    return this.imports.begin(workspaceId, id, 'undo');
  }

  @Get(':id/rejected.csv')
  @Access('session', ['imports:read'])
  @Describe({
    summary: 'The refused rows, with their columns, line and reason',
    contentType: 'text/csv',
    problems: [404],
  })
  async rejected(
    @CurrentCaller() { workspaceId }: Caller,
    @PathInput('id', idSchema) id: string,
  ): Promise<StreamableFile> {
    const { name, body } = await this.imports.rejected(workspaceId, id);
    return new StreamableFile(body, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` });
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('session', ['imports:write'])
  @Describe({ summary: 'Discard an import that brought nothing, with its file', problems: [404, 409] })
  discard(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<void> {
    return this.imports.discard(workspaceId, id);
  }
}
