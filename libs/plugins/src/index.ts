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
  SuppressionReason,
  Verification,
} from './sources/source.definition';
