import { Kbd } from '@mantine/core';
import { Dialog } from '../state/dialog.view';
import { text } from '../text/catalogue';
import styles from './shell.module.css';

type Shortcut = { words: string; keys: readonly string[]; joint?: string };

const anywhere: readonly Shortcut[] = [
  { words: text.keys.palette, keys: ['Ctrl', 'K'], joint: '+' },
  { words: text.keys.goLeads, keys: ['g', 'l'], joint: text.keys.then },
  { words: text.keys.goAlerts, keys: ['g', 'a'], joint: text.keys.then },
  { words: text.keys.goMail, keys: ['g', 'm'], joint: text.keys.then },
  { words: text.keys.goSources, keys: ['g', 's'], joint: text.keys.then },
  { words: text.keys.close, keys: ['Esc'] },
  { words: text.keys.help, keys: ['?'] },
];

const inLists: readonly Shortcut[] = [
  { words: text.keys.search, keys: ['f', '/'], joint: text.keys.or },
  { words: text.keys.next, keys: ['j'] },
  { words: text.keys.previous, keys: ['k'] },
  { words: text.keys.open, keys: ['Enter'] },
];

function Shortcuts({ title, rows }: { title: string; rows: readonly Shortcut[] }) {
  return (
    <table className={styles.keys}>
      <caption>{title}</caption>
      <tbody>
        {rows.map(({ words, keys, joint }) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="rk-dim"> {joint} </span>}
                  <Kbd size="sm">{key}</Kbd>
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the keyboard can do, on `?`. */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={text.keys.title} isOpen={isOpen} onClose={onClose}>
      <Shortcuts title={text.keys.anywhere} rows={anywhere} />
      <Shortcuts title={text.keys.list} rows={inLists} />
    </Dialog>
  );
}
