import type { CellType, Import, ImportMapping } from '@rekindle/contracts';
import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { memo, useCallback, useState } from 'react';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import type { ImportAct } from './imports.queries';
import { targetChoices } from './mapping.choices';
import { ScrollTable } from './scroll-table.view';
import styles from './sources.module.css';

const words = text.sources.imports;
const types: readonly CellType[] = ['text', 'number', 'flag', 'date'];
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
const delimiters = [',', ';', '\t', '|'] as const;
const kinds = ['leads', 'accounts', 'events', 'outcomes'] as const;
const outcomes = ['won', 'lost', 'converted'] as const;

interface EditProps {
  job: Import;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

function Format({ job, onAct }: { job: Import; onAct: (act: ImportAct) => void }) {
  const { format, kind } = job;
  const change = (part: Extract<ImportAct, { kind: 'format' }>['change']): void =>
    onAct({ kind: 'format', change: part });
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={words.kind}
        value={kind}
        onChange={({ currentTarget: { value } }) => change({ kind: kinds.find((each) => each === value) })}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      <NativeSelect
        label={words.encoding}
        value={format.encoding}
        onChange={({ currentTarget: { value } }) => change({ encoding: encodings.find((each) => each === value) })}
        data={[...encodings]}
      />
      {format.delimiter !== null && (
        <>
          <NativeSelect
            label={words.delimiter}
            value={format.delimiter}
            onChange={({ currentTarget: { value } }) =>
              change({ delimiter: delimiters.find((each) => each === value) })
            }
            data={delimiters.map((value) => ({ value, label: words.delimiters[value] }))}
          />
          <Checkbox
            label={words.header}
            checked={format.hasHeader}
            onChange={({ currentTarget: { checked } }) => change({ hasHeader: checked })}
          />
        </>
      )}
    </div>
  );
}

type ColumnMapping = ImportMapping['columns'][number];

interface ColumnProps {
  kind: Import['kind'];
  each: ColumnMapping;
  seen: Import['format']['columns'][number] | undefined;
  index: number;
  onColumn: (index: number, part: Partial<ColumnMapping>) => void;
}

/** A file may have 500 columns: only the one that changes is drawn anew. */
const ColumnRow = memo(function ColumnRow({ kind, each, seen, index, onColumn }: ColumnProps) {
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {each.column}
        {seen?.warning && <div className={styles.reason}>{words.warnings[seen.warning]}</div>}
      </th>
      <td className={styles.examples}>{seen?.examples.join(' · ')}</td>
      <td className={styles.name}>
        <NativeSelect
          size="xs"
          aria-label={words.becomesOf(each.column)}
          value={each.target ?? ''}
          onChange={({ currentTarget: { value } }) => onColumn(index, { target: value === '' ? null : value })}
          data={targetChoices(kind, each.column, each.target)}
        />
      </td>
      <td className={styles.name}>
        <NativeSelect
          size="xs"
          aria-label={words.typeOf(each.column)}
          disabled={each.target === null}
          value={each.type}
          onChange={({ currentTarget: { value } }) =>
            onColumn(index, { type: types.find((type) => type === value) ?? 'text' })
          }
          data={types.map((value) => ({ value, label: words.types[value] }))}
        />
      </td>
    </tr>
  );
});

function Constants({ job, mapping, onChange }: EditProps) {
  const { constants } = mapping;
  const set = (part: ImportMapping['constants']): void =>
    onChange({ ...mapping, constants: { ...constants, ...part } });
  if (job.kind === 'leads' || job.kind === 'accounts') return null;
  return (
    <>
      {job.kind === 'events' ? (
        <TextInput
          label={words.constant.event}
          value={constants.event ?? ''}
          onChange={({ currentTarget: { value } }) => set({ event: value === '' ? undefined : value })}
        />
      ) : (
        <NativeSelect
          label={words.constant.outcome}
          value={constants.outcome ?? ''}
          onChange={({ currentTarget: { value } }) => set({ outcome: outcomes.find((each) => each === value) })}
          data={[
            { value: '', label: words.none_ },
            ...outcomes.map((value) => ({ value, label: words.outcomes[value] })),
          ]}
        />
      )}
      <TextInput
        type="date"
        label={words.constant.at}
        value={constants.at?.slice(0, 10) ?? ''}
        onChange={({ currentTarget: { value } }) => set({ at: value === '' ? undefined : `${value}T00:00:00Z` })}
      />
    </>
  );
}

function Rules({ job, mapping, onChange }: EditProps) {
  const { formats } = useWorkspace();
  const [first] = mapping.replacements;
  const [unknown, setUnknown] = useState(mapping.unknownValues.join(', '));
  return (
    <div className={styles.fields}>
      <Constants job={job} mapping={mapping} onChange={onChange} />
      <TextInput
        label={words.unknown}
        description={words.unknownHint}
        value={unknown}
        onChange={({ currentTarget: { value } }) => {
          setUnknown(value);
          const unknownValues = value
            .split(',')
            .map((word) => word.trim())
            .filter((word) => word !== '');
          onChange({ ...mapping, unknownValues });
        }}
      />
      <NativeSelect
        label={words.dateOrder}
        value={mapping.dateOrder}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...mapping, dateOrder: value === 'day-first' ? 'day-first' : 'month-first' })
        }
        data={(['month-first', 'day-first'] as const).map((value) => ({ value, label: words.dateOrders[value] }))}
      />
      {first !== undefined && (
        <p className={styles.hint}>
          {words.spellings(formats.integer(mapping.replacements.length))} “{first.from}” → “{first.to}”
        </p>
      )}
    </div>
  );
}

interface ColumnsProps extends Pick<ColumnProps, 'onColumn'> {
  job: Import;
  columns: readonly ColumnMapping[];
}

function Columns({ job: { kind, format }, columns, onColumn }: ColumnsProps) {
  return (
    <ScrollTable label={words.mapping} heads={[words.column, words.examples, words.becomes, words.type]}>
      {columns.map((each, index) => (
        <ColumnRow
          key={each.column}
          kind={kind}
          each={each}
          seen={format.columns.find(({ name }) => name === each.column)}
          index={index}
          onColumn={onColumn}
        />
      ))}
    </ScrollTable>
  );
}

interface ImportMappingProps {
  job: Import;
  isBusy: boolean;
  onAct: (act: ImportAct) => void;
}

/** What each column becomes, and how the file is read. */
export function ImportMappingEditor({ job, isBusy, onAct }: ImportMappingProps) {
  const [mapping, setMapping] = useState(job.mapping);
  const setColumn: ColumnProps['onColumn'] = useCallback((index, part) => {
    setMapping((old) => ({
      ...old,
      columns: old.columns.map((each, at) => (at === index ? { ...each, ...part } : each)),
    }));
  }, []);
  return (
    <Panel title={words.mapping}>
      <Format job={job} onAct={onAct} />
      <Columns job={job} columns={mapping.columns} onColumn={setColumn} />
      <Rules job={job} mapping={mapping} onChange={setMapping} />
      {job.issues.length > 0 && (
        <div className={styles.issues} role="status">
          <strong>{words.issues}</strong>
          <ul>
            {job.issues.map(({ path, message }) => (
              <li key={path}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <Group mt="md">
        <Button loading={isBusy} onClick={() => onAct({ kind: 'check', mapping })}>
          {words.check}
        </Button>
      </Group>
    </Panel>
  );
}
