import { IconBell, IconMail, IconPlugConnected, IconUsers } from '@tabler/icons-react';
import { useUnreadAlerts } from '../alerts/alerts.queries';
import { PageLink, useNavigation } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import styles from './shell.module.css';

const workPages = [
  { path: '/leads', label: text.shell.leads, Icon: IconUsers },
  { path: '/alerts', label: text.shell.alerts, Icon: IconBell },
  { path: '/mail', label: text.shell.mail, Icon: IconMail },
] as const;
const setUpPages = [{ path: '/sources', label: text.shell.sources, Icon: IconPlugConnected }] as const;

/** The pages of the admin in the order of the navigation. */
export const adminPages = [...workPages, ...setUpPages] as const;

const groups = [
  { title: text.shell.work, pages: workPages },
  { title: text.shell.setUp, pages: setUpPages },
] as const;

function UnreadCount() {
  const { formats } = useWorkspace();
  const unread = useUnreadAlerts();
  if (unread === 0) return null;
  return (
    <span className={styles.count}>
      {formats.integer(unread)}
      <span className="rk-hidden"> {text.shell.unread('')}</span>
    </span>
  );
}

const isWithin = (path: string, page: string): boolean => path === page || path.startsWith(`${page}/`);

/** Links to the pages, grouped by what people come to do. */
export function Navbar({ onVisit }: { onVisit: () => void }) {
  const { path } = useNavigation();
  return (
    <nav aria-label={text.shell.nav}>
      {groups.map(({ title, pages }) => (
        <div key={title}>
          <h2 className={styles.group}>{title}</h2>
          <ul className={styles.links}>
            {pages.map((page) => (
              <li key={page.path}>
                <PageLink
                  to={page.path}
                  className={styles.link}
                  aria-current={isWithin(path, page.path) ? 'page' : undefined}
                  onClick={onVisit}
                >
                  <page.Icon size={18} aria-hidden="true" />
                  {page.label}
                  {page.path === '/alerts' && <UnreadCount />}
                </PageLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
