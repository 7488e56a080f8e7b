import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import {
  writeKeyCreatedSchema,
  writeKeyCreateSchema,
  writeKeyListSchema,
  type WriteKeyCreated,
  type WriteKeyList,
} from '@rekindle/contracts';
import { z } from 'zod';
import { BodyInput, PathInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { Access, CurrentCaller, type Caller } from './access.decorator';
import { WriteKeyService } from './write-key.service';

const idSchema = z.uuid();

/** Keys of the tracking API. */
@ApiController('api/write-keys')
export class WriteKeysController {
  constructor(private readonly keys: WriteKeyService) {}

  @Get()
  @Access('session', ['write-keys:read'])
  @Describe({ summary: 'List write keys, those in use first', answer: writeKeyListSchema })
  async list(@CurrentCaller() { workspaceId }: Caller): Promise<WriteKeyList> {
    return { items: await this.keys.list(workspaceId) };
  }

  @Post()
  @Access('session', ['write-keys:write'])
  @Describe({ summary: 'Make a write key; it is shown this once', answer: writeKeyCreatedSchema, problems: [409] })
  create(
    @CurrentCaller() { workspaceId }: Caller,
    @BodyInput(writeKeyCreateSchema) wanted: z.infer<typeof writeKeyCreateSchema>,
  ): Promise<WriteKeyCreated> {
    return this.keys.create(workspaceId, wanted);
  }

  @Post(':id/rotate')
  @Access('session', ['write-keys:write'])
  @Describe({
    summary: 'Make a successor of a write key; the old one works until it is revoked',
    answer: writeKeyCreatedSchema,
    problems: [404, 409],
  })
  rotate(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<WriteKeyCreated> {
    return this.keys.rotate(workspaceId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('session', ['write-keys:write'])
  @Describe({ summary: 'Revoke a write key', problems: [404] })
  revoke(@CurrentCaller() { workspaceId }: Caller, @PathInput('id', idSchema) id: string): Promise<void> {
    return this.keys.revoke(workspaceId, id);
  }
}
