import { AccountEntity } from './account.entity';
import { AlertEntity } from './alert.entity';
import { ApiKeyEntity } from './api-key.entity';
import { ChangeEntity } from './change.entity';
import { EnrolmentEntity } from './enrolment.entity';
import { EventEntity } from './event.entity';
import { FiringEntity } from './firing.entity';
import { IdentityEntity } from './identity.entity';
import { ImportEventEntity } from './import-event.entity';
import { ImportRejectionEntity } from './import-rejection.entity';
import { ImportEntity } from './import.entity';
import { LeadEntity } from './lead.entity';
import { LinkEntity } from './link.entity';
import { MessageEntity } from './message.entity';
import { ModelEntity } from './model.entity';
import { OutcomeEntity } from './outcome.entity';
import { OutboxEntity } from './outbox.entity';
import { ProfileEntity } from './profile.entity';
import { RuleEntity } from './rule.entity';
import { SequenceEntity } from './sequence.entity';
import { SessionEntity } from './session.entity';
import { SourceReceiptEntity } from './source-receipt.entity';
import { SourceEntity } from './source.entity';
import { SuppressionEntity } from './suppression.entity';
import { UserEntity } from './user.entity';
import { WorkspaceEntity } from './workspace.entity';
import { WriteKeyEntity } from './write-key.entity';

/** Every table as TypeORM knows it. The migrations build the schema; a test holds the two against each other. */
export const entities = [
  WorkspaceEntity,
  WriteKeyEntity,
  ApiKeyEntity,
  UserEntity,
  SessionEntity,
  AccountEntity,
  LeadEntity,
  IdentityEntity,
  ProfileEntity,
  EventEntity,
  ModelEntity,
  RuleEntity,
  SequenceEntity,
  FiringEntity,
  ChangeEntity,
  AlertEntity,
  EnrolmentEntity,
  MessageEntity,
  LinkEntity,
  SuppressionEntity,
  OutboxEntity,
  SourceEntity,
  SourceReceiptEntity,
  ImportEntity,
  ImportEventEntity,
  ImportRejectionEntity,
  OutcomeEntity,
];
