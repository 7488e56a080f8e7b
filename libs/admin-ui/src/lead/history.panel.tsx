import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconChartAreaLine, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { LeadHistory } from '../api/shapes';
import { FailureNotice } from '../state/notice.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { chartOf, type ChartModel } from './chart.series';
import { useLeadHistory } from './lead.queries';
import { chartPeriods, leadSearchSchema, type LeadSearch } from './lead.search';
import styles from './lead.module.css';

const ScoreChart = lazy(async () => ({ default: (await import('./score.chart')).ScoreChart }));
const words = text.lead.chart;
const CHART_HEIGHT = 270;

export interface HistoryPanelProps {
  leadId: string;
  search: LeadSearch;
  onSearch: (next: LeadSearch) => void;
}

function Controls({ search, onSearch }: Omit<HistoryPanelProps, 'leadId'>) {
  const isTable = search.view === 'table';
  return (
    <div className={styles.controls}>
      <SegmentedControl
        size="xs"
        aria-label={words.period}
        value={String(search.days)}
        onChange={(days) => onSearch(leadSearchSchema.parse({ ...search, days }))}
        data={chartPeriods.map((days) => ({
          value: String(days),
          label: days === 365 ? words.year : words.days(days),
        }))}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={
          isTable ? <IconChartAreaLine size={14} aria-hidden="true" /> : <IconTable size={14} aria-hidden="true" />
        }
        onClick={() => onSearch({ ...search, view: isTable ? 'chart' : 'table' })}
      >
        {isTable ? words.asChart : words.asTable}
      </Button>
    </div>
  );
}

interface LegendProps {
  model: ChartModel;
  isolated: string | null;
  onIsolate: (key: string | null) => void;
}

function Legend({ model, isolated, onIsolate }: LegendProps) {
  return (
    <ul className={styles.legend}>
      {model.series.map(({ key, label, color }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.legendItem}
            aria-pressed={isolated === key}
            title={isolated === key ? words.showAll : words.isolate(label)}
            onClick={() => onIsolate(isolated === key ? null : key)}
          >
            <span className={styles.swatch} style={{ background: color }} />
            {label}
          </button>
        </li>
      ))}
      <li className={styles.legendNote}>
        <span className={styles.dash} />
        {words.forecast}
      </li>
    </ul>
  );
}

function HistoryTable({ history }: { history: LeadHistory }) {
  const { formats } = useWorkspace();
  const labels = history.signals.filter(({ key }) => history.points.some((point) => (point.bySignal[key] ?? 0) !== 0));
  return (
    <div className={styles.tableFrame} tabIndex={0} role="region" aria-label={words.numbers}>
      <table className={styles.data}>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col">{words.score}</th>
            {labels.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.points.map((point) => (
            <tr key={point.at} data-forecast={point.isForecast || undefined}>
              <th scope="row">
                <time dateTime={point.at} title={formats.full(point.at)}>
                  {formats.day(point.at)}
                </time>
                {point.isForecast && <span className="rk-dim"> *</span>}
              </th>
              <td>{formats.score(point.score)}</td>
              {labels.map(({ key }) => (
                <td key={key}>{formats.points(point.bySignal[key] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="rk-dim">* {words.forecast}</p>
    </div>
  );
}

function HistoryChart({ history, days }: { history: LeadHistory; days: number }) {
  const { formats } = useWorkspace();
  const [isolated, setIsolated] = useState<string | null>(null);
  const model = useMemo(() => chartOf(history, words.other), [history]);
  if (model.series.length === 0) return <p className="rk-dim">{words.empty}</p>;
  return (
    <>
      <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
        <ScoreChart model={model} isolated={isolated} formats={formats} description={words.description(days)} />
      </Suspense>
      <Legend model={model} isolated={isolated} onIsolate={setIsolated} />
    </>
  );
}

function HistoryBody({ leadId, search }: Pick<HistoryPanelProps, 'leadId' | 'search'>) {
  const { data, error, isFetching, refetch } = useLeadHistory(leadId, search.days);
  if (data !== undefined) {
    return search.view === 'table' ? (
      <HistoryTable history={data} />
    ) : (
      <HistoryChart history={data} days={search.days} />
    );
  }
  if (error === null) return <Skeleton height={CHART_HEIGHT} />;
  return <FailureNotice error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
}

/** Score over time as a picture or as numbers. */
export function HistoryPanel({ leadId, search, onSearch }: HistoryPanelProps) {
  return (
    <Panel title={words.title} aside={<Controls search={search} onSearch={onSearch} />}>
      <HistoryBody leadId={leadId} search={search} />
    </Panel>
  );
}
