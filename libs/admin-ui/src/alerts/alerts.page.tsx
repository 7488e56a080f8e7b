import type { Alert } from '@rekindle/contracts';
import { Button, Group, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBellCheck, IconChecks } from '@tabler/icons-react';
import { ROW_LINK } from '../leads/lead-cells.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { useRowKeys } from '../leads/row-keys.hook';
import { ChangeFailure, EmptyNotice } from '../state/notice.view';
import { Paged } from '../state/paged.view';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { AlertCard } from './alert-card.view';
import { useAlertMove, useAlerts, useUnreadAlerts, type AlertMove, type AlertState } from './alerts.queries';
import { alertsSearchSchema, type AlertsSearch } from './alerts.search';
import styles from './alerts.module.css';

const words = text.alerts;
const UNDO_MS = 10_000;

function UndoToast({ name, onUndo }: { name: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <span className="rk-cut">{words.doneToast(name)}</span>
      <Button size="compact-xs" variant="default" onClick={onUndo}>
        {words.undo}
      </Button>
    </Group>
  );
}

function offerUndo(alert: Alert, move: (move: AlertMove) => void): void {
  const id = `alert-${alert.id}`;
  const undo = (): void => {
    notifications.hide(id);
    move({ alert: { ...alert, state: 'done' }, to: 'unread' });
  };
  notifications.show({ id, autoClose: UNDO_MS, message: <UndoToast name={alert.leadName} onUndo={undo} /> });
}

/** Moves an alert to the other state; a finished one may be taken back for ten seconds. */
function useMoving(): { onMove: (alert: Alert) => void; error: Error | null; retry: () => void } {
  const { mutate, error, variables } = useAlertMove();
  const onMove = (alert: Alert): void => {
    const to = alert.state === 'unread' ? 'done' : 'unread';
    mutate({ alert, to }, { onSuccess: () => (to === 'done' ? offerUndo(alert, mutate) : undefined) });
  };
  return { onMove, error, retry: () => variables !== undefined && mutate(variables) };
}

function NoAlerts({ state }: { state: AlertState }) {
  const isUnread = state === 'unread';
  const copy = isUnread ? words.emptyUnread : words.emptyDone;
  return <EmptyNotice icon={isUnread ? <IconBellCheck size={22} /> : <IconChecks size={22} />} {...copy} />;
}

interface AlertListProps {
  alerts: readonly Alert[];
  onMove: (alert: Alert) => void;
}

function AlertList({ alerts, onMove }: AlertListProps) {
  const list = useRowKeys<HTMLUListElement>(ROW_LINK);
  return (
    <ul ref={list} className={styles.list}>
      {alerts.map((alert) => (
        <AlertCard key={alert.id} alert={alert} onMove={onMove} />
      ))}
    </ul>
  );
}

function Alerts({ state, onMove }: { state: AlertState; onMove: (alert: Alert) => void }) {
  const pages = useAlerts(state);
  return (
    <Paged pages={pages} skeleton={<RowsSkeleton rows={4} height={96} />} empty={<NoAlerts state={state} />}>
      {(alerts) => <AlertList alerts={alerts} onMove={onMove} />}
    </Paged>
  );
}

export interface AlertsPageProps {
  search: AlertsSearch;
  onSearch: (next: AlertsSearch) => void;
}

/** The inbox of what rules found: unread until somebody has worked it. */
export function AlertsPage({ search, onSearch }: AlertsPageProps) {
  usePageTitle(words.title);
  const { formats } = useWorkspace();
  const unread = useUnreadAlerts();
  const { onMove, error, retry } = useMoving();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.title}</h1>
        <SegmentedControl
          aria-label={words.which}
          value={search.state}
          onChange={(state) => onSearch(alertsSearchSchema.parse({ state }))}
          data={[
            { value: 'unread', label: unread === 0 ? words.unread : `${words.unread} (${formats.integer(unread)})` },
            { value: 'done', label: words.done },
          ]}
        />
      </div>
      <ChangeFailure error={error} onRetry={retry} />
      <Alerts key={search.state} state={search.state} onMove={onMove} />
    </div>
  );
}
