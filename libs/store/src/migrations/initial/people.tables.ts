import type { TableOptions } from 'typeorm';
import { instant, text, whole } from '../column.builders';

/** Workspaces, credentials, people and companies. */
export const peopleTables: TableOptions[] = [
  {
    name: 'ls_workspaces',
    columns: [text('id', { isPrimary: true }), text('name'), text('timezone'), whole('isDemo'), instant('createdAt')],
    indices: [],
  },
  {
    name: 'ls_write_keys',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('name'),
      text('keyHash'),
      text('prefix'),
      text('last4'),
      text('trust'),
      instant('createdAt'),
      instant('revokedAt', { isNullable: true }),
    ],
    indices: [{ name: 'ls_write_keys_key_hash', columnNames: ['keyHash'], isUnique: true }],
  },
  {
    name: 'ls_api_keys',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('name'),
      text('keyHash'),
      text('prefix'),
      text('last4'),
      text('scopes'),
      instant('createdAt'),
      instant('revokedAt', { isNullable: true }),
    ],
    indices: [{ name: 'ls_api_keys_key_hash', columnNames: ['keyHash'], isUnique: true }],
  },
  {
    name: 'ls_users',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('email'),
      text('name'),
      text('passwordHash'),
      text('role'),
      instant('createdAt'),
    ],
    indices: [
      { name: 'ls_users_workspace_email', columnNames: ['workspaceId', 'email'], isUnique: true },
      { name: 'ls_users_email', columnNames: ['email'] },
    ],
  },
  {
    name: 'ls_sessions',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('tokenHash'),
      text('userId'),
      instant('createdAt'),
      instant('lastSeenAt'),
      instant('expiresAt'),
    ],
    indices: [
      { name: 'ls_sessions_token_hash', columnNames: ['tokenHash'], isUnique: true },
      { name: 'ls_sessions_expires_at', columnNames: ['expiresAt'] },
    ],
  },
  {
    name: 'ls_accounts',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('groupId'),
      text('name', { isNullable: true }),
      text('domain', { isNullable: true }),
      text('traits'),
      text('searchText'),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    indices: [{ name: 'ls_accounts_group_id', columnNames: ['workspaceId', 'groupId'], isUnique: true }],
  },
  {
    name: 'ls_leads',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('userId', { isNullable: true }),
      text('email', { isNullable: true }),
      text('name', { isNullable: true }),
      text('title', { isNullable: true }),
      text('owner', { isNullable: true }),
      text('accountId', { isNullable: true }),
      text('traits'),
      text('mergedInto', { isNullable: true }),
      text('searchText'),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    indices: [
      { name: 'ls_leads_user_id', columnNames: ['workspaceId', 'userId'] },
      { name: 'ls_leads_account_id', columnNames: ['workspaceId', 'accountId'] },
      { name: 'ls_leads_owner', columnNames: ['workspaceId', 'owner'] },
      { name: 'ls_leads_merged_into', columnNames: ['workspaceId', 'mergedInto'], where: '"mergedInto" IS NOT NULL' },
    ],
  },
  {
    name: 'ls_identities',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('kind', { isPrimary: true }),
      text('value', { isPrimary: true }),
      text('leadId'),
    ],
    indices: [{ name: 'ls_identities_lead_id', columnNames: ['workspaceId', 'leadId'] }],
  },
];
