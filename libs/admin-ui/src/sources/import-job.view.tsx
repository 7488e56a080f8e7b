import type { Import } from '@rekindle/contracts';
import { Button, Group, Progress } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { Confirmation } from '../state/dialog.view';
import { ChangeFailure, FailureNotice, LoadFailure } from '../state/notice.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { Counts, Finding } from './import-finding.view';
import { ImportMappingEditor } from './import-mapping.view';
import { isWorking, useDiscard, useImport, useImportAct, type ImportAct } from './imports.queries';
import styles from './sources.module.css';

const words = text.sources.imports;
const steps = ['map', 'check', 'run', 'done'] as const;
const stepOf: Record<Import['state'], number> = {
  ready: 0,
  checking: 1,
  checked: 1,
  running: 2,
  failed: 2,
  done: 3,
  undoing: 3,
  undone: 3,
};

interface JobProps {
  job: Import;
  isBusy: boolean;
  onAct: (act: ImportAct) => void;
}

function Steps({ job }: { job: Import }) {
  return (
    <ol className={styles.steps} aria-label={words.progress}>
      {steps.map((step, index) => (
        <li key={step} aria-current={stepOf[job.state] === index ? 'step' : undefined}>
          {words.steps[step]}
        </li>
      ))}
    </ol>
  );
}

function Working({ job }: { job: Import }) {
  const { formats } = useWorkspace();
  const all = job.finding?.rows ?? 0;
  const share = all === 0 ? 100 : (100 * job.rowsDone) / all;
  const doing = job.state === 'checking' || job.state === 'undoing' ? job.state : 'running';
  return (
    <Panel title={words.states[job.state]}>
      <p className={styles.lead} role="status">
        {words.working[doing]} {words.survives}
      </p>
      <Progress
        value={share}
        striped={job.state !== 'running'}
        animated={job.state !== 'running'}
        aria-label={words.states[job.state]}
      />
      {job.state === 'running' && (
        <p className="rk-number">{words.rowsDone(formats.integer(job.rowsDone), formats.integer(all))}</p>
      )}
    </Panel>
  );
}

function Undo({ job, isBusy, onAct }: JobProps) {
  const { formats } = useWorkspace();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" loading={isBusy} onClick={() => setAsking(true)}>
        {words.undo}
      </Button>
      <Confirmation
        title={words.undoTitle}
        body={words.undoBody(formats.integer(job.imported), job.imported === 1)}
        action={words.undo}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onAct({ kind: 'undo' });
        }}
      />
    </>
  );
}

/** Why the server gave up on a step; nothing where it did not. */
function Stopped({ job: { error } }: { job: Import }) {
  return error !== null && <FailureNotice error={new Error(error)} title={words.states.failed} />;
}

function Result({ job, isBusy, onAct }: JobProps) {
  const { counts } = words;
  return (
    <Panel title={words.states[job.state]}>
      {job.state === 'undone' && <p className={styles.lead}>{words.undone}</p>}
      <Stopped job={job} />
      <Counts
        counts={[
          [counts.imported, job.imported],
          [counts.unchanged, job.unchanged],
          [counts.skipped, job.skipped],
          [counts.rejected, job.rejected],
        ]}
      />
      <Group gap="xs" mt="md">
        {job.state === 'failed' && (
          <Button loading={isBusy} onClick={() => onAct({ kind: 'run' })}>
            {words.resume}
          </Button>
        )}
        {job.rejected > 0 && (
          <Button
            component="a"
            variant="default"
            href={`/api/imports/${job.id}/rejected.csv`}
            download
            leftSection={<IconDownload size={14} aria-hidden="true" />}
          >
            {words.download}
          </Button>
        )}
        {job.state !== 'undone' && <Undo job={job} isBusy={isBusy} onAct={onAct} />}
      </Group>
    </Panel>
  );
}

function Checked({ job, isBusy, onAct, onEdit }: JobProps & { onEdit: () => void }) {
  const { formats } = useWorkspace();
  if (job.finding === null) return null;
  const { importable, unchanged } = job.finding;
  const fresh = importable - unchanged;
  return (
    <div className={styles.stack}>
      <Group gap="xs">
        <Button loading={isBusy} disabled={fresh === 0} onClick={() => onAct({ kind: 'run' })}>
          {fresh === 0 ? words.nothing : words.run(formats.integer(fresh), fresh === 1)}
        </Button>
        <Button variant="default" onClick={onEdit}>
          {words.checkAgain}
        </Button>
      </Group>
      <Finding job={job} finding={job.finding} />
    </div>
  );
}

function Stage({ job, isBusy, onAct }: JobProps) {
  const [isEditing, setEditing] = useState(false);
  const act = (next: ImportAct): void => {
    setEditing(false);
    onAct(next);
  };
  if (isWorking(job)) return <Working job={job} />;
  if (job.state === 'ready' || (job.state === 'checked' && isEditing)) {
    const { kind, format } = job;
    const key = [kind, format.encoding, format.delimiter, format.hasHeader].join();
    return <ImportMappingEditor key={key} job={job} isBusy={isBusy} onAct={act} />;
  }
  if (job.state === 'checked') {
    return <Checked job={job} isBusy={isBusy} onAct={act} onEdit={() => setEditing(true)} />;
  }
  return <Result job={job} isBusy={isBusy} onAct={act} />;
}

function Discard({ id, isAllowed, onDone }: { id: string; isAllowed: boolean; onDone: () => void }) {
  const discard = useDiscard(id);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={discard.isPending}
        disabled={!isAllowed}
        onClick={() => discard.mutate(undefined, { onSuccess: onDone })}
      >
        {words.discard}
      </Button>
      <ChangeFailure error={discard.error} />
    </>
  );
}

interface HeadProps {
  job: Import | undefined;
  isAllowed: boolean;
  onClose: () => void;
}

function Head({ job, isAllowed, onClose }: HeadProps) {
  return (
    <div className={styles.jobHead}>
      <Button variant="subtle" size="xs" leftSection={<IconArrowLeft size={14} aria-hidden="true" />} onClick={onClose}>
        {words.back}
      </Button>
      {job !== undefined && (
        <>
          <h2 className={styles.file}>{job.fileName}</h2>
          <span className="rk-dim">{words.kinds[job.kind]}</span>
          <Steps job={job} />
          {['ready', 'checked', 'undone'].includes(job.state) && (
            <Discard id={job.id} isAllowed={isAllowed} onDone={onClose} />
          )}
        </>
      )}
    </div>
  );
}

/** One import from its mapping to its undoing. */
export function ImportJob({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: job, error, isPending, isFetching, refetch } = useImport(id);
  const act = useImportAct(id);
  const { session } = useWorkspace();
  const isAllowed = session.user.role !== 'viewer';
  return (
    <div className={styles.stack}>
      <Head job={job} isAllowed={isAllowed} onClose={onClose} />
      {!isAllowed && <p className={styles.hint}>{words.noRight}</p>}
      <LoadFailure error={error} hasData={job !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      <ChangeFailure error={act.error} />
      {job?.state === 'ready' && <Stopped job={job} />}
      {isPending && error === null && <RowsSkeleton rows={6} height={40} />}
      {job !== undefined && (
        <fieldset className={styles.stage} disabled={!isAllowed}>
          <Stage job={job} isBusy={act.isPending} onAct={act.mutate} />
        </fieldset>
      )}
    </div>
  );
}
