import type { Import, ImportKind } from '@rekindle/contracts';
import { Select } from '@mantine/core';
import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { Instant } from '../format/instant.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { ChangeFailure, EmptyNotice } from '../state/notice.view';
import { Paged } from '../state/paged.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { useImports, useUpload } from './imports.queries';
import { ScrollTable } from './scroll-table.view';
import styles from './sources.module.css';

const words = text.sources.imports;
const kinds = ['leads', 'accounts', 'events', 'outcomes'] as const;

interface ImportListProps {
  onOpen: (id: string) => void;
}

function Upload({ onOpen }: ImportListProps) {
  const { session } = useWorkspace();
  const [kind, setKind] = useState<ImportKind>('leads');
  const [isOver, setOver] = useState(false);
  const upload = useUpload();
  const isAllowed = session.user.role !== 'viewer';
  const isOpen = isAllowed && !upload.isPending;
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined && isOpen) upload.mutate({ kind, file }, { onSuccess: ({ id }) => onOpen(id) });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <Panel title={words.title}>
      <Select
        label={words.kind}
        description={words.kindHints[kind]}
        allowDeselect={false}
        maw={420}
        value={kind}
        onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'leads')}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      <label
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconUpload size={22} aria-hidden="true" />
        <strong>{upload.isPending ? words.uploading : words.choose}</strong>
        <span className="rk-dim">{isAllowed ? words.drop : words.noRight}</span>
        <input
          type="file"
          className="rk-hidden"
          accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv,application/x-ndjson"
          disabled={!isOpen}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <ChangeFailure error={upload.error} />
    </Panel>
  );
}

function Row({ job, onOpen }: { job: Import } & ImportListProps) {
  const { formats } = useWorkspace();
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <button type="button" className={styles.link} onClick={() => onOpen(job.id)}>
          {job.fileName}
        </button>
      </th>
      <td>{words.kinds[job.kind]}</td>
      <td>
        <span className={styles.tag} data-status={job.state}>
          {words.states[job.state]}
        </span>
      </td>
      <td className="rk-number">{formats.integer(job.imported)}</td>
      <td className={styles.when}>
        <Instant at={job.createdAt} isNarrow />
      </td>
    </tr>
  );
}

function Past({ jobs, onOpen }: { jobs: readonly Import[] } & ImportListProps) {
  const { file, kind, state, imported, when } = words.columns;
  return (
    <ScrollTable label={words.past} heads={[file, kind, state, imported, when]}>
      {jobs.map((job) => (
        <Row key={job.id} job={job} onOpen={onOpen} />
      ))}
    </ScrollTable>
  );
}

/** Where files come in, and those that came. */
export function ImportList({ onOpen }: ImportListProps) {
  const pages = useImports();
  return (
    <div className={styles.stack}>
      <Upload onOpen={onOpen} />
      <Panel title={words.past}>
        <Paged
          pages={pages}
          skeleton={<RowsSkeleton rows={3} height={36} />}
          empty={<EmptyNotice icon={<IconFileImport size={22} />} {...words.none} />}
        >
          {(jobs) => <Past jobs={jobs} onOpen={onOpen} />}
        </Paged>
      </Panel>
    </div>
  );
}
