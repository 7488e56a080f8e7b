import {
  alertListSchema,
  alertSchema,
  alertUpdateSchema,
  engagementScoreSchema,
  fitScoreSchema,
  importFormatChangeSchema,
  importListSchema,
  importMappingSchema,
  importSchema,
  ingestItemResultSchema,
  ingestResponseSchema,
  leadDetailSchema,
  leadHistorySchema,
  leadListSchema,
  leadRowSchema,
  messageDetailSchema,
  messageListSchema,
  livenessSchema,
  messageSchema,
  modelListSchema,
  modelSummarySchema,
  modelVersionSchema,
  priorityScoreSchema,
  problemSchema,
  publishAnswerSchema,
  readinessSchema,
  ruleListSchema,
  ruleSummarySchema,
  scoreAnswerSchema,
  sessionSchema,
  signInSchema,
  storedEventListSchema,
  storedEventSchema,
  timelineItemSchema,
  timelineSchema,
  usageScoreSchema,
  workspaceSummarySchema,
  writeKeyCreatedSchema,
  writeKeyCreateSchema,
  writeKeyListSchema,
  writeKeySchema,
} from '@rekindle/contracts';
import { triggerRuleSchema } from '@rekindle/rules';
import { conditionSchema, scoringModelSchema } from '@rekindle/scoring';
import { z } from 'zod';

/** A JSON Schema as plain data. */
export type JsonSchema = Record<string, unknown>;

const outputs: Record<string, z.ZodType> = {
  Alert: alertSchema,
  AlertList: alertListSchema,
  Condition: conditionSchema,
  EngagementScore: engagementScoreSchema,
  FitScore: fitScoreSchema,
  Import: importSchema,
  ImportList: importListSchema,
  ImportMapping: importMappingSchema,
  IngestItemResult: ingestItemResultSchema,
  IngestResponse: ingestResponseSchema,
  Lead: leadDetailSchema,
  LeadHistory: leadHistorySchema,
  LeadList: leadListSchema,
  LeadRow: leadRowSchema,
  Liveness: livenessSchema,
  Message: messageSchema,
  MessageDetail: messageDetailSchema,
  MessageList: messageListSchema,
  ModelList: modelListSchema,
  ModelSummary: modelSummarySchema,
  ModelVersion: modelVersionSchema,
  PriorityScore: priorityScoreSchema,
  Problem: problemSchema,
  PublishAnswer: publishAnswerSchema,
  Readiness: readinessSchema,
  RuleList: ruleListSchema,
  RuleSummary: ruleSummarySchema,
  Score: scoreAnswerSchema,
  TriggerRule: triggerRuleSchema,
  ScoringModel: scoringModelSchema,
  Session: sessionSchema,
  StoredEvent: storedEventSchema,
  StoredEventList: storedEventListSchema,
  Timeline: timelineSchema,
  TimelineItem: timelineItemSchema,
  UsageScore: usageScoreSchema,
  Workspace: workspaceSummarySchema,
  WriteKey: writeKeySchema,
  WriteKeyCreated: writeKeyCreatedSchema,
  WriteKeyList: writeKeyListSchema,
};

const inputs: Record<string, z.ZodType> = {
  AlertUpdate: alertUpdateSchema,
  ImportFormatChange: importFormatChangeSchema,
  SignIn: signInSchema,
  WriteKeyCreate: writeKeyCreateSchema,
};

/** Named schemas of the document; every schema that has a name is referred to, never repeated. */
export class ComponentRegistry {
  private readonly names = new Map<z.ZodType, string>();

  constructor() {
    for (const [name, schema] of [...Object.entries(outputs), ...Object.entries(inputs)]) this.names.set(schema, name);
  }

  /** The reference to a named schema, or the schema itself written out. */
  schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const name = this.names.get(schema);
    return name === undefined ? strip(this.inline(schema, io)) : { $ref: `#/components/schemas/${name}` };
  }

  /** `components.schemas`, in order of name. */
  components(): Record<string, JsonSchema> {
    const all = { ...this.render(outputs, 'output'), ...this.render(inputs, 'input') };
    return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private inline(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const rendered = this.render({ ...outputs, Inline: schema }, io);
    return rendered['Inline'] ?? {};
  }

  private render(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, JsonSchema> {
    const registry = z.registry<{ id: string }>();
    for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
    const rendered = z.toJSONSchema(registry, {
      io,
      uri: (id) => `#/components/schemas/${id}`,
      unrepresentable: 'any',
    });
    return nameShared(rendered.schemas as Record<string, JsonSchema>);
  }
}

const sharedKey = '__shared';
const refOf = (name: string): string => `#/components/schemas/${name}`;

/**
 * Zod gathers recursive parts in one schema of definitions. Each gets a component of its own: that of the named schema
 * which is nothing but a reference to it, else a numbered one.
 */
function nameShared(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const { [sharedKey]: shared, ...own } = schemas;
  const definitions = Object.entries((shared?.['$defs'] ?? {}) as Record<string, JsonSchema>);
  const named: Record<string, JsonSchema> = own;
  let text: [string, string][] = [];
  for (const [id, definition] of definitions) {
    const reference = `${refOf(sharedKey)}#/$defs/${id}`;
    const alias =
      Object.keys(own).find((name) => own[name]?.['$ref'] === reference) ?? `Shared${id.replace('schema', '')}`;
    named[alias] = definition;
    text = [...text, [reference, refOf(alias)]];
  }
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, redirect(strip(schema), text)]));
}

function redirect(schema: JsonSchema, references: readonly [string, string][]): JsonSchema {
  const text = references.reduce((all, [from, to]) => all.replaceAll(`"${from}"`, `"${to}"`), JSON.stringify(schema));
  return JSON.parse(text) as JsonSchema;
}

/** OpenAPI 3.1 needs no `$schema` and `$id` in components; patterns beside a format only repeat it. */
function strip(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, function (this: JsonSchema, key, value: unknown) {
      if (key === '$schema' || key === '$id') return undefined;
      if (key === 'pattern' && typeof this['format'] === 'string') return undefined;
      return value;
    }),
  ) as JsonSchema;
}
