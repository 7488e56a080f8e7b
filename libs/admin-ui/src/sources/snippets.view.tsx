import { Button, CopyButton, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import styles from './sources.module.css';

const words = text.sources.snippets;
const languages = ['curl', 'node', 'browser'] as const;
type Language = (typeof languages)[number];

const snippets: Record<Language, (origin: string) => string> = {
  curl: (origin) => `curl -u WRITE_KEY: ${origin}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{"userId":"you","event":"Pricing Page Viewed"}'`,
  node: (origin) => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({
  writeKey: 'WRITE_KEY',
  host: '${origin}',
});
analytics.track({ userId: 'you', event: 'Pricing Page Viewed' });
await analytics.closeAndFlush();`,
  browser: (origin) => `import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load(
  { writeKey: 'WRITE_KEY', cdnSettings: { integrations: { 'Segment.io': {
    apiKey: 'WRITE_KEY', apiHost: '${origin.replace(/^https?:\/\//, '')}/v1',
    protocol: '${origin.startsWith('https') ? 'https' : 'http'}' } } } },
);
analytics.page();
analytics.identify('you', { email: 'you@example.com' });`,
};

/** How to send a first event with a write key. */
export function Snippets() {
  const [language, setLanguage] = useState<Language>('curl');
  const code = snippets[language](window.location.origin);
  return (
    <Panel
      title={words.title}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={words.language}
          value={language}
          onChange={(value) => setLanguage(languages.find((each) => each === value) ?? 'curl')}
          data={languages.map((value) => ({ value, label: words.names[value] }))}
        />
      }
    >
      <p className={styles.lead}>{words.hint}</p>
      <pre className={styles.snippet} tabIndex={0} aria-label={words.label(words.names[language])}>
        {code}
      </pre>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {copied ? text.sources.once.copied : text.sources.once.copy}
          </Button>
        )}
      </CopyButton>
    </Panel>
  );
}
