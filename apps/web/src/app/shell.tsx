import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import { Logo } from '../ui/logo';
import { Pending } from '../ui/page';
import { useAction } from '../ui/use-action';
import { ViewerContext, ViewerQuery, type Viewer } from './viewer';

const SignOut = graphql(`
  mutation SignOut {
    signOut
  }
`);
const Unread = graphql(`
  query Unread {
    unreadNotificationCount
  }
`);

const SIDES = {
  lab: [
    ['/lab', 'Home'],
    ['/lab/projects', 'Projects'],
    ['/lab/engagements', 'Engagements'],
    ['/lab/time', 'Time review'],
    ['/lab/billing', 'Billing'],
    ['/lab/team', 'Team'],
    ['/lab/vetting', 'Vetting'],
  ],
  expert: [
    ['/expert', 'Home'],
    ['/expert/openings', 'Openings'],
    ['/expert/applications', 'Applications'],
    ['/expert/engagements', 'Engagements'],
    ['/expert/earnings', 'Earnings'],
    ['/expert/credentials', 'Credentials'],
    ['/expert/profile', 'Profile'],
  ],
  admin: [
    ['/admin', 'Home'],
    ['/admin/verification', 'Verification'],
    ['/admin/labs', 'Labs'],
    ['/admin/audit', 'Audit'],
    ['/admin/payouts', 'Payouts'],
    ['/admin/take-rates', 'Take rates'],
    ['/admin/sandbox', 'Sandbox rail'],
    ['/admin/mails', 'Mails'],
  ],
} as const;

/** The frame around every page: who is signed in, where they can go. */
export function Shell() {
  const [{ data, error }, reload] = useQuery({ query: ViewerQuery });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const refresh = () => reload({ requestPolicy: 'network-only' });
  const viewer = data?.viewer ?? null;
  const side =
    viewer &&
    (Object.keys(SIDES) as (keyof typeof SIDES)[]).find(
      (each) => path === `/${each}` || path.startsWith(`/${each}/`),
    );
  return (
    <ViewerContext.Provider value={{ viewer, reload: refresh }}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="top">
        <a className="brand" href="/">
          <Logo /> Tallystick
        </a>
        {viewer ? <Person viewer={viewer} /> : data && <Link to="/sign-in">Sign in</Link>}
        <ThemeSwitch />
      </header>
      <div className={side ? 'frame' : undefined}>
        {side && (
          <nav className="side" aria-label="Pages">
            {SIDES[side].map(([to, label]) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: to.split('/').length === 2 }}
                activeProps={{ className: 'active' }}
              >
                {label}
              </Link>
            ))}
          </nav>
        )}
        <main id="main" className={side ? undefined : 'narrow'}>
          {data ? <Outlet /> : <Pending error={error} retry={refresh} />}
        </main>
      </div>
      <footer className="foot">
        Tallystick: both sides hold the same record. Take rate: 15.00 % of agreed pay, paid by the lab on top
        of the expert's rate.
      </footer>
    </ViewerContext.Provider>
  );
}

function Person({ viewer }: { readonly viewer: Viewer }) {
  const signOut = useAction(SignOut);
  const [{ data }] = useQuery({ query: Unread });
  const leave = async () => {
    if (await signOut.run({})) window.location.assign('/sign-in');
  };
  return (
    <>
      {viewer.labId && <Link to="/lab">Lab</Link>}
      {viewer.expertId && <Link to="/expert">Expert</Link>}
      {viewer.staffRoles.length > 0 && <Link to="/admin">Admin</Link>}
      <Link to="/notifications">
        Notifications{data && data.unreadNotificationCount > 0 ? ` (${data.unreadNotificationCount})` : ''}
      </Link>
      <span className="quiet">{viewer.name}</span>
      <button type="button" className="button" onClick={() => void leave()}>
        Sign out
      </button>
    </>
  );
}

function ThemeSwitch() {
  const flip = () => {
    const root = document.documentElement;
    const isDark =
      getComputedStyle(root).colorScheme === 'dark' ||
      (root.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset.theme = isDark ? 'light' : 'dark';
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  };
  return (
    <button type="button" className="button" onClick={flip}>
      Light or dark
    </button>
  );
}
