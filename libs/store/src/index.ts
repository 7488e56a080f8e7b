export { newId } from './id.generator';
export { Database } from './database/database';
export type { DatabaseOptions } from './database/database';
export type { DatabaseFault } from './database/database.fault';
export type { DatabaseHealth } from './database/database.health';
export { savepoint } from './database/savepoint';
export type { Sql, SqlParameter } from './database/sql';
export type { Dialect } from './dialect/dialect';
export type { Page, PageRequest } from './tables/keyset.cursor';
export type { DocumentPut, DocumentRow } from './tables/versioned.document';
export { AccountStore } from './stores/account.store';
export type { AccountRow } from './stores/account.store';
export { AlertStore } from './stores/alert.store';
export type { AlertFilter, AlertListItem, AlertRow, AlertState } from './stores/alert.store';
export { ChangeStore } from './stores/change.store';
export type { ChangeRow } from './stores/change.store';
export { CredentialStore } from './stores/credential.store';
export type { ApiKeyRow, OfWorkspace, WriteKeyRow, WriteKeyTrust } from './stores/credential.store';
export { EnrolmentStore } from './stores/enrolment.store';
export type { EnrolmentExit, EnrolmentRow, EnrolmentState } from './stores/enrolment.store';
export { EventStore } from './stores/event.store';
export type { EventJudgement, EventRow, EventStatus, ExistingEvent, MailSpan } from './stores/event.store';
export { FiringStore } from './stores/firing.store';
export type { FiringRow } from './stores/firing.store';
export { identityKey, IdentityStore } from './stores/identity.store';
export type { Identity, IdentityKind, IdentityLink } from './stores/identity.store';
export { ImportStore } from './stores/import.store';
export type { ImportCounts, ImportKind, ImportLease, ImportRow, ImportState } from './stores/import.store';
export { ImportEventStore } from './stores/import-event.store';
export type { ImportEventRow } from './stores/import-event.store';
export { ImportRejectionStore } from './stores/import-rejection.store';
export type { ImportRejectionRow } from './stores/import-rejection.store';
export { LeadStore } from './stores/lead.store';
export type { LeadRow } from './stores/lead.store';
export { LinkStore } from './stores/link.store';
export type { LinkRow } from './stores/link.store';
export { MessageListStore } from './stores/message-list.store';
export type {
  HandOver,
  HandOverRefusal,
  MailedMessage,
  MessageClaim,
  MessageDetail,
  MessageFilter,
  MessageInsert,
  MessageKind,
  MessageLease,
  MessageListItem,
  MessageRow,
  MessageState,
} from './stores/message.row';
export { MessageStore } from './stores/message.store';
export { ModelStore } from './stores/model.store';
export type { ModelRow, ModelStatus } from './stores/model.store';
export { OutcomeStore } from './stores/outcome.store';
export type { OutcomeKind, OutcomeRow } from './stores/outcome.store';
export { OutboxStore } from './stores/outbox.store';
export type { OutboxInsert, OutboxLease, OutboxState } from './stores/outbox.store';
export { ProfileStore } from './stores/profile.store';
export type { DueLead, ProfileWrite } from './stores/profile.store';
export { RuleStore } from './stores/rule.store';
export type { RuleRow } from './stores/rule.store';
export { SequenceStore } from './stores/sequence.store';
export type { SequenceRow } from './stores/sequence.store';
export { SessionStore } from './stores/session.store';
export type { SessionRow } from './stores/session.store';
export { SourceStore } from './stores/source.store';
export type { SourceCall, SourceChange, SourceReceipt, SourceRow } from './stores/source.store';
export { SuppressionStore } from './stores/suppression.store';
export type { SuppressionRow } from './stores/suppression.store';
export { UserStore } from './stores/user.store';
export type { UserRole, UserRow } from './stores/user.store';
export { WorkspaceStore } from './stores/workspace.store';
export type { WorkspaceRow } from './stores/workspace.store';
export { LeadListStore } from './lead-list/lead-list.store';
export type {
  LeadCountRequest,
  LeadFilter,
  LeadListItem,
  LeadListPage,
  LeadListRequest,
  LeadSort,
} from './lead-list/lead-list.row';
