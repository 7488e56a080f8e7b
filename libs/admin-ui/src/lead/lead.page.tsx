import type { LeadDetail } from '@rekindle/contracts';
import { Button, Skeleton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { RequestFailure } from '../api/request.failure';
import { leadName } from '../format/owner.format';
import { PageLink } from '../navigation/navigation.context';
import { EmptyNotice, LoadFailure } from '../state/notice.view';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { DetailsPanel } from './details.panel';
import { HistoryPanel } from './history.panel';
import { LeadHeader } from './lead-header.view';
import { useLead } from './lead.queries';
import type { LeadSearch } from './lead.search';
import styles from './lead.module.css';
import { ScoreCards } from './score-cards.view';
import { TimelinePanel } from './timeline.panel';
import { WhyFitPanel } from './why-fit.panel';
import { WhyScorePanel } from './why-score.panel';

export interface LeadPageProps {
  leadId: string;
  search: LeadSearch;
  onSearch: (next: LeadSearch) => void;
}

function LeadSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <Skeleton height={14} width={60} />
      <Skeleton height={26} width="32%" />
      <Skeleton height={14} width="48%" />
      <div className={styles.cards}>
        {['engagement', 'fit', 'usage', 'forecast'].map((card) => (
          <Skeleton key={card} height={116} radius={10} />
        ))}
      </div>
      <Skeleton height={340} radius={10} />
    </div>
  );
}

function MissingLead() {
  const { title, body, action } = text.notFound.lead;
  const link = (
    <Button component={PageLink} to="/leads" variant="default">
      {action}
    </Button>
  );
  return <EmptyNotice icon={<IconUserQuestion size={22} />} title={title} body={body} action={link} isPage />;
}

function LeadBody({ lead, search, onSearch }: Omit<LeadPageProps, 'leadId'> & { lead: LeadDetail }) {
  return (
    <>
      <LeadHeader lead={lead} />
      <ScoreCards score={lead.score} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <HistoryPanel leadId={lead.id} search={search} onSearch={onSearch} />
          <WhyScorePanel score={lead.score} />
          <WhyFitPanel fit={lead.score.fit} />
        </div>
        <div className={styles.column}>
          <TimelinePanel leadId={lead.id} />
          <DetailsPanel lead={lead} />
        </div>
      </div>
    </>
  );
}

/** Everything about one lead: the scores, why they are what they are, and what happened. */
export function LeadPage({ leadId, search, onSearch }: LeadPageProps) {
  const { data: lead, error, isFetching, refetch } = useLead(leadId);
  usePageTitle(lead === undefined ? text.leads.title : (leadName(lead) ?? text.leads.unnamed));
  if (error instanceof RequestFailure && error.isNotFound) return <MissingLead />;
  if (lead === undefined && error === null) return <LeadSkeleton />;
  return (
    <div className={styles.page}>
      <LoadFailure error={error} hasData={lead !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {lead !== undefined && <LeadBody lead={lead} search={search} onSearch={onSearch} />}
    </div>
  );
}
