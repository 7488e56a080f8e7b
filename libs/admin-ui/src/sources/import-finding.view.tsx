import type { Import, ImportFinding } from '@rekindle/contracts';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { ScrollTable } from './scroll-table.view';
import styles from './sources.module.css';

const words = text.sources.imports;

/** Numbers in words, side by side. */
export function Counts({ counts }: { counts: readonly (readonly [label: string, count: number])[] }) {
  const { formats } = useWorkspace();
  return (
    <dl className={styles.counts}>
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="rk-number">{formats.integer(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Errors({ errors, reasons, rejected }: Pick<ImportFinding, 'errors' | 'reasons' | 'rejected'>) {
  const { formats } = useWorkspace();
  return (
    <Panel title={words.errors}>
      <ul className={styles.reasons}>
        {reasons.map(({ code, reason, count }) => (
          <li key={code}>{words.refusedFor(formats.integer(count), count === 1, reason)}</li>
        ))}
      </ul>
      {errors.length < rejected && <p className={styles.lead}>{words.firstErrors(formats.integer(errors.length))}</p>}
      <ScrollTable label={words.errors} heads={[words.line, words.reason]} isLimited>
        {errors.map(({ line, reason }) => (
          <tr key={line}>
            <th scope="row" className="rk-number">
              {formats.integer(line)}
            </th>
            <td className={styles.wrapped}>{reason}</td>
          </tr>
        ))}
      </ScrollTable>
    </Panel>
  );
}

/** What the dry run found. */
export function Finding({ job, finding }: { job: Import; finding: ImportFinding }) {
  const { counts } = words;
  const of = words.records[job.kind];
  return (
    <>
      <Counts
        counts={[
          [counts.rows, finding.rows],
          [counts.importable, finding.importable],
          [counts.unchanged, finding.unchanged],
          [counts.skipped, finding.skipped],
          [counts.rejected, finding.rejected],
          [`${counts.newRecords} ${of}`, finding.newRecords],
          [`${counts.knownRecords} ${of}`, finding.knownRecords],
        ]}
      />
      {finding.errors.length > 0 && <Errors {...finding} />}
      {finding.samples.length > 0 && (
        <Panel title={words.samples}>
          {finding.samples.slice(0, 3).map(({ line, writes }) => (
            <pre key={line} className={styles.payload} tabIndex={0} aria-label={`${words.line} ${line}`}>
              {writes.map((write) => JSON.stringify(write, null, 1)).join('\n')}
            </pre>
          ))}
        </Panel>
      )}
    </>
  );
}
