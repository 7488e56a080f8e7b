import type {
  alertListSchema,
  leadHistorySchema,
  leadListSchema,
  messageDetailSchema,
  messageListSchema,
  messageStateSchema,
  scoreAnswerSchema,
  timelineItemSchema,
  timelineSchema,
  workspaceSummarySchema,
} from '@rekindle/contracts';
import type { z } from 'zod';

/** Answers of the server as the pages hold them. */
export type WorkspaceSummary = z.infer<typeof workspaceSummarySchema>;
export type LeadList = z.infer<typeof leadListSchema>;
export type LeadHistory = z.infer<typeof leadHistorySchema>;
export type ScoreAnswer = z.infer<typeof scoreAnswerSchema>;
export type EngagementAnswer = ScoreAnswer['engagement'];
export type FitReason = ScoreAnswer['fit']['reasons'][number];
export type Timeline = z.infer<typeof timelineSchema>;
export type TimelineItem = z.infer<typeof timelineItemSchema>;
export type AlertList = z.infer<typeof alertListSchema>;
export type MessageList = z.infer<typeof messageListSchema>;
export type MessageDetail = z.infer<typeof messageDetailSchema>;
export type MessageState = z.infer<typeof messageStateSchema>;
