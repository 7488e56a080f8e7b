import type { EngagementAnswer, ScoreAnswer } from '../api/shapes';
import { CauseList } from '../alerts/alert-card.view';
import { Instant } from '../format/instant.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { contributionRows } from './contributions';
import styles from './lead.module.css';

const words = text.lead.why;

function Share({ points, most }: { points: number; most: number }) {
  const width = most > 0 ? Math.min(100, (Math.abs(points) / most) * 100) : 0;
  return (
    <span className={styles.share} aria-hidden="true">
      <span style={{ width: `${width}%` }} data-negative={points < 0 || undefined} />
    </span>
  );
}

function Contributions({ engagement }: { engagement: EngagementAnswer }) {
  const { formats } = useWorkspace();
  const { rows, total } = contributionRows(engagement);
  const most = Math.max(...rows.map(({ points }) => Math.abs(points)));
  return (
    <table className={styles.why}>
      <thead>
        <tr>
          <th scope="col">{words.signal}</th>
          <th scope="col" className={styles.number}>
            {words.count}
          </th>
          <th scope="col">{words.last}</th>
          <th scope="col" colSpan={2} className={styles.number}>
            {words.points}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.signal}>
            <th scope="row">{row.label}</th>
            <td className={styles.number}>{formats.integer(row.count)}</td>
            <td className="rk-dim">
              <Instant at={row.lastAt} />
            </td>
            <td className={styles.shareCell}>
              <Share points={row.points} most={most} />
            </td>
            <td className={styles.number} data-points={row.points}>
              {formats.points(row.points)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={4}>
            {words.sum}
            <span className={styles.sumNote}>
              {words.makes(formats.points(total), formats.score(engagement.score))}
            </span>
          </th>
          <td className={styles.number} data-sum={total}>
            {formats.points(total)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Sentences({ engagement }: { engagement: EngagementAnswer }) {
  const { formats } = useWorkspace();
  const { trend, spike } = engagement;
  return (
    <div className={styles.sentences}>
      <p>{words.trend[trend.direction](formats.signed(trend.changePoints))}</p>
      {spike.isSpike && (
        <div className={styles.spike}>
          <p>{words.spike(formats.integer(spike.recentCount), spike.expectedCount.toFixed(1))}</p>
          {spike.causes.length > 0 && (
            <div className={styles.spikeCauses}>
              <span className="rk-dim">{words.spikeCauses}</span>
              <CauseList causes={spike.causes} />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** Points per signal with a sum that adds up, and what changed lately. */
export function WhyScorePanel({ score }: { score: ScoreAnswer }) {
  const { formats } = useWorkspace();
  const { engagement, model } = score;
  const version = <span className="rk-dim">{words.model(model.key, formats.integer(model.version))}</span>;
  return (
    <Panel title={words.title} aside={version}>
      {engagement.contributions.length === 0 ? (
        <p className="rk-dim">{words.none}</p>
      ) : (
        <>
          <Sentences engagement={engagement} />
          <Contributions engagement={engagement} />
        </>
      )}
    </Panel>
  );
}
