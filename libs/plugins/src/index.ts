export { actions } from './actions';
export { defineAction } from './actions/action.definition';
export type {
  ActionContext,
  ActionDefinition,
  AlertDraft,
  Firing,
  FiringLead,
  RunnableAction,
} from './actions/action.definition';
export { alertSentence } from './actions/sales-alert.action';
export { sources } from './sources';
export type {
  Delivery,
  FormFields,
  SourceDefinition,
  SourceItem,
  SourceMessage,
  SourceRefusal,
  SourceTrace,
  SuppressionReason,
  Verification,
} from './sources/source.definition';
export { judgeMailActs, verdictWords } from './verdict/act.verdict';
export type { ActVerdict } from './verdict/act.verdict';
export { TRACE_REACH_MS } from './verdict/mail.trace';
export type { MailTrace, ProviderFlag, Verdict } from './verdict/mail.trace';
