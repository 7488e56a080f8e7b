import { Button } from '@mantine/core';
import { ownerName } from '../format/owner.format';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { FilterChip, type FilterChoice } from './filter-chip.view';
import { LeadSearch } from './lead-search.view';
import {
  isNarrowed,
  leadFilterKeys,
  leadsSearchSchema,
  withFirstPage,
  withoutFilters,
  type LeadFilterKey,
  type LeadsSearch,
} from './leads.search';
import styles from './leads.module.css';

export interface LeadFiltersProps {
  search: LeadsSearch;
  onSearch: (next: LeadsSearch) => void;
}

function useChoices(): Record<LeadFilterKey, FilterChoice[]> {
  const { workspace } = useWorkspace();
  const named = (entry: { key: string; label: string }): FilterChoice => ({ value: entry.key, label: entry.label });
  return {
    band: workspace.bands.map(named),
    tier: workspace.tiers.map(named),
    grade: ['A', 'B', 'C', 'D'].map((grade) => ({ value: grade, label: text.leads.grade(grade) })),
    owner: workspace.owners.map((owner) => ({ value: owner, label: ownerName(owner) })),
  };
}

function SortSelect({ search, onSearch }: LeadFiltersProps) {
  const sorts = Object.entries(text.leads.sorts);
  const choose = (sort: string): void =>
    onSearch(withFirstPage(search, { sort: leadsSearchSchema.parse({ sort }).sort }));
  return (
    <label className={styles.sort}>
      <span className="rk-dim">{text.leads.sort}</span>
      <select className={styles.select} value={search.sort} onChange={(event) => choose(event.currentTarget.value)}>
        {sorts.map(([sort, label]) => (
          <option key={sort} value={sort}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Search, filter chips and, on a phone, the order. */
export function LeadFilters({ search, onSearch }: LeadFiltersProps) {
  const choices = useChoices();
  const change = (patch: Partial<LeadsSearch>): void => onSearch(leadsSearchSchema.parse(withFirstPage(search, patch)));
  return (
    <div className={styles.tools} role="search" aria-label={text.leads.filters}>
      <LeadSearch value={search.q} onChange={(q) => change({ q })} />
      {leadFilterKeys.map((key) => (
        <FilterChip
          key={key}
          name={text.leads.filter[key]}
          value={search[key]}
          choices={choices[key]}
          onChange={(value) => change({ [key]: value })}
        />
      ))}
      <SortSelect search={search} onSearch={onSearch} />
      {isNarrowed(search) && (
        <Button size="xs" variant="subtle" onClick={() => onSearch(withoutFilters(search))}>
          {text.leads.clearAll}
        </Button>
      )}
    </div>
  );
}
