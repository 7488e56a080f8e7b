import { Get, HttpCode, Post, Put, Req, UseInterceptors } from '@nestjs/common';
import {
  calibrationSchema,
  draftEffectSchema,
  modelDiffSchema,
  modelFitSchema,
  modelListSchema,
  modelVersionSchema,
  publishAnswerSchema,
  type ModelList,
} from '@rekindle/contracts';
import { scoringModelSchema, type ScoringModel } from '@rekindle/scoring';
import type { ModelRow } from '@rekindle/store';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import type { IncomingRequest } from '../credentials/request.reader';
import { BodyInput, PathInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { CalibrationService } from './calibration.service';
import { DraftService } from './draft.service';
import { ifMatchOf } from './entity.tag';
import { ModelVersionInterceptor } from './model.interceptor';
import { modelListOf } from './model.mapping';
import { ModelService } from './model.service';

const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const ifMatch = { name: 'if-match', isRequired: true, description: 'The ETag of the draft as it was read.' };

/** Scoring models: read, edit the draft, publish. */
@ApiController('api/models')
export class ModelsController {
  constructor(
    private readonly models: ModelService,
    private readonly drafts: DraftService,
    private readonly calibrations: CalibrationService,
  ) {}

  @Get()
  @Access('session', ['models:read'])
  @Describe({ summary: 'List scoring models', answer: modelListSchema })
  async list(@CurrentCaller() caller: Caller): Promise<ModelList> {
    return modelListOf(await this.models.list(caller.workspaceId));
  }

  @Get(':key')
  @Access('session', ['models:read'])
  @UseInterceptors(ModelVersionInterceptor)
  @Describe({ summary: 'The published version of a model', answer: modelVersionSchema, problems: [404] })
  published(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string): Promise<ModelRow> {
    return this.models.published(caller.workspaceId, key);
  }

  @Get(':key/draft')
  @Access('session', ['models:read'])
  @UseInterceptors(ModelVersionInterceptor)
  @Describe({ summary: 'The draft of a model, with its ETag', answer: modelVersionSchema, problems: [404] })
  draft(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string): Promise<ModelRow> {
    return this.models.draft(caller.workspaceId, key);
  }

  @Get(':key/draft/diff')
  @Access('session', ['models:read'])
  @Describe({ summary: 'How the draft differs, in words', answer: modelDiffSchema, problems: [404] })
  diff(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string) {
    return this.drafts.diff(caller.workspaceId, key);
  }

  @Get(':key/draft/effect')
  @Access('session', ['models:read', 'leads:read'])
  @Describe({ summary: 'Who would move if the draft were published', answer: draftEffectSchema, problems: [404] })
  effect(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string) {
    return this.drafts.effect(caller.workspaceId, key);
  }

  @Get(':key/calibration')
  @Access('session', ['models:read', 'leads:read'])
  @Describe({
    summary: 'How leads ended, by band and tenth of the score they had just before',
    answer: calibrationSchema,
    problems: [404],
  })
  calibration(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string) {
    return this.calibrations.report(caller.workspaceId, key);
  }

  @Post(':key/draft/fit')
  @HttpCode(200)
  @Access('session', ['models:read', 'leads:read'])
  @Describe({
    summary: 'The draft with weights fitted to how leads ended; nothing is saved',
    answer: modelFitSchema,
    problems: [404],
  })
  fit(@CurrentCaller() caller: Caller, @PathInput('key', keySchema) key: string) {
    return this.calibrations.fit(caller.workspaceId, key);
  }

  @Put(':key/draft')
  @Access('session', ['models:write'])
  @UseInterceptors(ModelVersionInterceptor)
  @Describe({
    summary: 'Replace the draft of a model',
    answer: modelVersionSchema,
    problems: [404, 412, 422, 428],
    headers: [ifMatch],
  })
  saveDraft(
    @CurrentCaller() caller: Caller,
    @PathInput('key', keySchema) key: string,
    @BodyInput(scoringModelSchema, 422) document: ScoringModel,
    @Req() request: IncomingRequest,
  ): Promise<ModelRow> {
    return this.models.saveDraft(caller.workspaceId, key, { document, ifMatch: ifMatchOf(request) });
  }

  @Post(':key/publish')
  @HttpCode(200)
  @Access('session', ['models:write'])
  @Describe({
    summary: 'Publish the draft and re-score every lead with it',
    answer: publishAnswerSchema,
    problems: [404, 409, 412, 428],
    headers: [ifMatch],
  })
  async publish(
    @CurrentCaller() caller: Caller,
    @PathInput('key', keySchema) key: string,
    @Req() request: IncomingRequest,
  ): Promise<z.infer<typeof publishAnswerSchema>> {
    const { row, leadsRescored } = await this.models.publish(caller.workspaceId, key, ifMatchOf(request));
    const publishedAt = new Date(row.publishedAt ?? row.updatedAt).toISOString();
    return { version: row.version, publishedAt, leadsRescored };
  }
}
