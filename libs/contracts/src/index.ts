export { BugError, OperationalError, UserError } from './errors';
export type { FieldError, UserErrorStatus } from './errors';
export { instantSchema, pageOf, pageQuerySchema, queryInteger } from './page.contract';
export { problemSchema } from './problem.contract';
export type { Problem } from './problem.contract';
export {
  engagementScoreSchema,
  fitScoreSchema,
  priorityScoreSchema,
  scoreAnswerSchema,
  scoreQuerySchema,
  usageScoreSchema,
} from './leads/score.contract';
export type { ScoreAnswer } from './leads/score.contract';
export {
  eventListQuerySchema,
  leadDetailSchema,
  leadHistoryQuerySchema,
  leadHistorySchema,
  leadListQuerySchema,
  leadListSchema,
  leadRowSchema,
  leadSortSchema,
  storedEventListSchema,
  storedEventSchema,
  timelineItemSchema,
  timelineSchema,
} from './leads/lead.contract';
export type {
  LeadDetail,
  LeadHistory,
  LeadList,
  LeadListQuery,
  LeadRow,
  StoredEventList,
  Timeline,
} from './leads/lead.contract';
export { sessionSchema, signInSchema } from './session/session.contract';
export type { Session } from './session/session.contract';
export {
  draftEffectSchema,
  modelDiffSchema,
  modelListSchema,
  modelSummarySchema,
  modelVersionSchema,
  publishAnswerSchema,
  workspaceSummarySchema,
} from './models/model.contract';
export type { DraftEffect, ModelDiff, ModelList, ModelVersion, WorkspaceSummary } from './models/model.contract';
export { calibrationSchema, modelFitSchema } from './models/calibration.contract';
export type { Calibration, ModelFit } from './models/calibration.contract';
export {
  ingestItemResultSchema,
  ingestResponseSchema,
  ingestStatusSchema,
  sourceConfigSchema,
} from './ingest/ingest.contract';
export type { IngestItemResult, IngestResponse, IngestStatus, SourceConfig } from './ingest/ingest.contract';
export {
  messageDetailSchema,
  messageListQuerySchema,
  messageListSchema,
  messageSchema,
  messageStateSchema,
} from './messages/message.contract';
export type { Message } from './messages/message.contract';
export { alertListQuerySchema, alertListSchema, alertSchema, alertUpdateSchema } from './alerts/alert.contract';
export type { Alert, AlertList } from './alerts/alert.contract';
export { ruleListSchema, ruleSummarySchema } from './rules/rule.contract';
export type { RuleList } from './rules/rule.contract';
export { livenessSchema, readinessSchema } from './health/health.contract';
export type { Readiness } from './health/health.contract';
export {
  newSourceSchema,
  sourceCatalogSchema,
  sourceListSchema,
  sourceSchema,
  sourceUpdateSchema,
  sourceWithSecretSchema,
} from './sources/source.contract';
export type {
  NewSource,
  Source,
  SourceCatalog,
  SourceList,
  SourceUpdate,
  SourceWithSecret,
} from './sources/source.contract';
export {
  cellTypeSchema,
  dateOrderSchema,
  importEncodingSchema,
  importKindSchema,
  importMappingSchema,
} from './imports/import.mapping.contract';
export type {
  CellType,
  ColumnMapping,
  DateOrder,
  ImportEncoding,
  ImportKind,
  ImportMapping,
} from './imports/import.mapping.contract';
export {
  importFindingSchema,
  importFormatChangeSchema,
  importFormatSchema,
  importListSchema,
  importSchema,
  importUploadQuerySchema,
  MOST_IMPORT_BYTES,
  MOST_IMPORT_ROWS,
} from './imports/import.contract';
export type {
  Import,
  ImportFinding,
  ImportFormat,
  ImportFormatChange,
  ImportList,
  ImportRowError,
  ImportState,
} from './imports/import.contract';
export {
  writeKeyCreatedSchema,
  writeKeyCreateSchema,
  writeKeyListSchema,
  writeKeySchema,
} from './credentials/write-key.contract';
export type { WriteKey, WriteKeyCreated, WriteKeyList } from './credentials/write-key.contract';
