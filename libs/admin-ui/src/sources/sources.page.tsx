import { SegmentedControl } from '@mantine/core';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { EventStream } from './event-stream.view';
import { ImportJob } from './import-job.view';
import { ImportList } from './import-list.view';
import { Providers } from './providers.view';
import { Snippets } from './snippets.view';
import { sourcesSearchSchema, type SourcesSearch } from './sources.search';
import { WriteKeys } from './write-keys.view';
import styles from './sources.module.css';

const words = text.sources;
const views = ['keys', 'providers', 'events', 'imports'] as const;

export interface SourcesPageProps {
  search: SourcesSearch;
  onSearch: (next: SourcesSearch) => void;
}

function View({ search, onSearch }: SourcesPageProps) {
  if (search.view === 'events') {
    return <EventStream status={search.status} onStatus={(status) => onSearch({ view: 'events', status })} />;
  }
  if (search.view === 'providers') return <Providers />;
  if (search.view === 'keys') {
    return (
      <div className={styles.columns}>
        <WriteKeys />
        <Snippets />
      </div>
    );
  }
  const open = (id: string | undefined): void => onSearch({ view: 'imports', import: id });
  if (search.import === undefined) return <ImportList onOpen={open} />;
  return <ImportJob key={search.import} id={search.import} onClose={() => open(undefined)} />;
}

/** Where signals come from: write keys, providers, events as they arrive, and files. */
export function SourcesPage({ search, onSearch }: SourcesPageProps) {
  usePageTitle(words.title);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.title}</h1>
        <SegmentedControl
          aria-label={words.view}
          value={search.view}
          onChange={(view) => onSearch(sourcesSearchSchema.parse({ view }))}
          data={views.map((value) => ({ value, label: words.views[value] }))}
        />
      </div>
      <View search={search} onSearch={onSearch} />
    </div>
  );
}
