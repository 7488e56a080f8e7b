import type { TableOptions } from 'typeorm';
import { instant, real, text, whole } from '../column.builders';

/** Import jobs, which events and rows they brought or refused, and outcomes. */
export const importTables: TableOptions[] = [
  {
    name: 'ls_imports',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('kind'),
      text('fileName'),
      instant('bytes'),
      text('state'),
      text('format'),
      text('mapping'),
      text('finding', { isNullable: true }),
      whole('rowsDone'),
      whole('imported'),
      whole('unchanged'),
      whole('skipped'),
      whole('rejected'),
      text('error', { isNullable: true }),
      whole('fence'),
      instant('leaseUntil'),
      instant('createdAt'),
      instant('updatedAt'),
      instant('finishedAt', { isNullable: true }),
    ],
    indices: [
      { name: 'ls_imports_created', columnNames: ['workspaceId', 'createdAt', 'id'] },
      {
        name: 'ls_imports_active',
        columnNames: ['leaseUntil'],
        where: `"state" IN ('checking', 'running', 'undoing')`,
      },
    ],
  },
  {
    name: 'ls_import_events',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('importId', { isPrimary: true }),
      text('eventId', { isPrimary: true }),
    ],
    indices: [],
  },
  {
    name: 'ls_import_rejections',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('importId', { isPrimary: true }),
      whole('line', { isPrimary: true }),
      text('code'),
      text('reason'),
      text('record'),
    ],
    indices: [],
  },
  {
    name: 'ls_outcomes',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('rowKey'),
      text('leadId'),
      text('outcome'),
      instant('at'),
      real('amount', { isNullable: true }),
      text('importId', { isNullable: true }),
      instant('createdAt'),
    ],
    indices: [
      { name: 'ls_outcomes_row_key', columnNames: ['workspaceId', 'rowKey'], isUnique: true },
      { name: 'ls_outcomes_lead', columnNames: ['workspaceId', 'leadId', 'at', 'id'] },
      { name: 'ls_outcomes_import', columnNames: ['workspaceId', 'importId'] },
    ],
  },
];
