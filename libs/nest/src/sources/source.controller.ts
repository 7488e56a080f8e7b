import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import {
  newSourceSchema,
  sourceCatalogSchema,
  sourceListSchema,
  sourceSchema,
  sourceUpdateSchema,
  sourceWithSecretSchema,
  type NewSource,
  type Source,
  type SourceCatalog,
  type SourceUpdate,
  type SourceWithSecret,
} from '@rekindle/contracts';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { BodyInput, PathInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { SourceService } from './source.service';

/** Places that send signals. */
@ApiController('api/sources')
export class SourcesController {
  constructor(private readonly sources: SourceService) {}

  @Get()
  @Access('session', ['sources:read'])
  @Describe({ summary: 'List sources, oldest first', answer: sourceListSchema })
  async list(@CurrentCaller() caller: Caller): Promise<{ items: Source[] }> {
    return { items: await this.sources.list(caller.workspaceId) };
  }

  @Get('catalog')
  @Access('session', ['sources:read'])
  @Describe({ summary: 'Every kind of source, with the schema of its settings', answer: sourceCatalogSchema })
  catalog(): SourceCatalog {
    return this.sources.catalogue();
  }

  @Post()
  @HttpCode(201)
  @Access('session', ['sources:write'])
  @Describe({ summary: 'Add a source; shows its secret once', answer: sourceWithSecretSchema, problems: [422] })
  create(@CurrentCaller() caller: Caller, @BodyInput(newSourceSchema) source: NewSource): Promise<SourceWithSecret> {
    return this.sources.create(caller.workspaceId, source);
  }

  @Patch(':id')
  @Access('session', ['sources:write'])
  @Describe({ summary: 'Change a source', answer: sourceSchema, problems: [404, 422] })
  update(
    @CurrentCaller() caller: Caller,
    @PathInput('id', z.uuid()) id: string,
    @BodyInput(sourceUpdateSchema) update: SourceUpdate,
  ): Promise<Source> {
    return this.sources.update(caller.workspaceId, id, update);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Access('session', ['sources:write'])
  @Describe({
    summary: 'Replace the secret of a source; shows the new one once',
    answer: sourceWithSecretSchema,
    problems: [404, 422],
  })
  renewSecret(@CurrentCaller() caller: Caller, @PathInput('id', z.uuid()) id: string): Promise<SourceWithSecret> {
    return this.sources.renewSecret(caller.workspaceId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('session', ['sources:write'])
  @Describe({ summary: 'Remove a source; what it sent stays', problems: [404] })
  async delete(@CurrentCaller() caller: Caller, @PathInput('id', z.uuid()) id: string): Promise<void> {
    await this.sources.delete(caller.workspaceId, id);
  }
}
