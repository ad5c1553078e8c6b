import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { RunningTime } from '../features/timesheet/running-time';
import { followChanges } from '../lib/live';
import { OWN_ZONE } from '../lib/time';
import { Logo } from '../ui/logo';
import { Ready } from '../ui/page';
import { Toasts } from '../ui/toast';
import { Account } from './account-menu';
import { placesFor, sideOf, type Place, type Side } from './sides';
import { useViewer, ViewerContext, ViewerQuery, type Viewer } from '../lib/viewer';

/** The frame around every page: who is signed in, where they can go. */
export function Shell() {
  const query = useQuery({ query: ViewerQuery });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const viewer = query[0].data?.viewer ?? null;
  const isSignedIn = viewer !== null;
  const side = isSignedIn ? sideOf(path) : undefined;
  useEffect(() => (isSignedIn ? followChanges() : undefined), [isSignedIn]);
  return (
    <ViewerContext.Provider value={viewer}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="top">
        <a className="brand" href="/">
          <Logo /> <span className="brand-word">Tallystick</span>
        </a>
        {viewer?.expertId && <RunningTime />}
        {viewer && <Sides viewer={viewer} />}
        {viewer ? <Account viewer={viewer} /> : <a href="/sign-in">Sign in</a>}
      </header>
      <div className={side ? 'frame' : undefined}>
        {side && <SideNav side={side} />}
        <main id="main" className={side ? undefined : 'narrow'} tabIndex={-1} ref={usePageFocus(path)}>
          <Ready query={query}>
            {() =>
              isSignedIn || isForVisitors(path) ? (
                <Outlet />
              ) : (
                <Navigate to="/sign-in" search={{ next: path } as never} replace />
              )
            }
          </Ready>
        </main>
      </div>
      <footer className="foot">
        <span>Both sides hold the same record.</span>
        {viewer && <span>Times are in your zone, {OWN_ZONE.replaceAll('_', ' ')}; days are UTC.</span>}
        <a href="/rate-card">Rate card</a>
        <a href="/compare">Compare two halves</a>
        <a href="/terms">Terms</a>
        <a href="/privacy">Privacy</a>
      </footer>
      <Toasts />
    </ViewerContext.Provider>
  );
}

/** Pages of ours that need no account. */
const FOR_VISITORS = [
  '/sign-in',
  '/sign-up',
  '/first-admin',
  '/forgotten-password',
  '/reset-password',
  '/join',
  '/compare',
];

function isForVisitors(path: string): boolean {
  // Whoever ends emails by the address in one need not sign in.
  return FOR_VISITORS.includes(path) || path.startsWith('/unsubscribe/');
}

/** Gives the focus to a page that one went to, so that it is read from its beginning; not to the first one. */
function usePageFocus(path: string) {
  const place = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) place.current?.focus({ preventScroll: true });
    last.current = path;
  }, [path]);
  return place;
}

/** The sides that a person is on, where it is more than one. */
function Sides({ viewer }: { readonly viewer: Viewer }) {
  const sides = [
    { to: '/lab', label: 'Lab', isOn: viewer.labId },
    { to: '/expert', label: 'Expert', isOn: viewer.expertId },
    { to: '/admin', label: 'Admin', isOn: viewer.staffRoles.length > 0 },
  ].filter(({ isOn }) => isOn);
  if (sides.length < 2) return null;
  return (
    <nav className="sides" aria-label="Sides">
      {sides.map(({ to, label }) => (
        <Link key={to} to={to} activeProps={{ className: 'active' }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}

const IN_PHONE_BAR = 4;

function SideNav({ side }: { readonly side: Side }) {
  const places = placesFor(side, useViewer());
  return (
    <nav className={`side of-${side}`} aria-label="Pages">
      {places.map((each) => (
        <PlaceLink key={each.to} place={each} />
      ))}
      <details className="more-pages">
        <summary>
          <Ellipsis size={20} aria-hidden /> More
        </summary>
        <div>
          {places.slice(IN_PHONE_BAR).map((each) => (
            <PlaceLink key={each.to} place={each} />
          ))}
        </div>
      </details>
    </nav>
  );
}

function PlaceLink({ place: { to, label, icon: Icon } }: { readonly place: Place }) {
  const isHome = to.split('/').length === 2;
  return (
    <Link
      to={to}
      activeOptions={{ exact: isHome }}
      activeProps={{ className: 'active' }}
      onClick={(event) => event.currentTarget.closest('details')?.removeAttribute('open')}
    >
      <Icon size={20} aria-hidden /> {label}
    </Link>
  );
}
