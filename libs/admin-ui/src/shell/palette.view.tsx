import { leadListSchema } from '@rekindle/contracts';
import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { leadName } from '../format/owner.format';
import { useNavigation } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { adminPages } from './navbar.view';

const MOST_LEADS = 6;

interface Hit {
  path: string;
  title: string;
  detail: string;
}

function useLeadHits(query: string): { hits: Hit[]; isSearching: boolean } {
  const { client } = useWorkspace();
  const [q] = useDebouncedValue(query.trim(), 150);
  const { data, isFetching } = useQuery({
    queryKey: ['leads', 'palette', q],
    queryFn: ({ signal }) =>
      client.read({ path: '/api/leads', schema: leadListSchema, query: { q, limit: MOST_LEADS }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const rows = q === '' ? [] : (data?.items ?? []);
  const hits = rows.map((lead) => ({
    path: `/leads/${lead.id}`,
    title: leadName(lead) ?? text.leads.unnamed,
    detail: [lead.title, lead.account?.name].filter((part) => part != null).join(' · '),
  }));
  return { hits, isSearching: isFetching };
}

const pageHits = (query: string): Hit[] =>
  adminPages
    .filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()))
    .map(({ path, label }) => ({ path, title: label, detail: '' }));

function Hits({ label, hits }: { label: string; hits: readonly Hit[] }) {
  if (hits.length === 0) return null;
  return (
    <Combobox.Group label={label}>
      {hits.map((hit) => (
        <Combobox.Option key={hit.path} value={hit.path}>
          <div className="rk-cut">{hit.title}</div>
          {hit.detail !== '' && <div className="rk-cut rk-dim">{hit.detail}</div>}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}

function PaletteBody({ onChosen }: { onChosen: () => void }) {
  const navigation = useNavigation();
  const [query, setQuery] = useState('');
  const pages = pageHits(query);
  const { hits, isSearching } = useLeadHits(query);
  const combobox = useCombobox({ opened: true });
  const open = (path: string): void => {
    onChosen();
    navigation.go(path);
  };
  const isNothing = pages.length + hits.length === 0;
  return (
    <Combobox store={combobox} onOptionSubmit={open} withinPortal={false}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          size="md"
          aria-label={text.palette.title}
          placeholder={text.palette.placeholder}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options mt="sm" aria-label={text.palette.title}>
        <Hits label={text.palette.pages} hits={pages} />
        <Hits label={text.palette.leads} hits={hits} />
        {isNothing && (
          <Combobox.Empty>{isSearching ? text.palette.searching : text.palette.none(query.trim())}</Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  );
}

/** Ctrl-K: to a page or a lead by typing. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} yOffset="12vh" size={560}>
      <Modal.Overlay />
      <Modal.Content aria-label={text.palette.title}>
        <Modal.Body>
          <PaletteBody onChosen={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
