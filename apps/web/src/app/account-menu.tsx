import { Link } from '@tanstack/react-router';
import { Bell, CircleUser } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import { leave } from '../lib/leave';
import { useAction } from '../ui/use-action';
import { flipTheme } from './theme';
import type { Viewer } from '../lib/viewer';

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

/** The bell, and what a person does with their own account. */
export function Account({ viewer }: { readonly viewer: Viewer }) {
  return (
    <>
      <NotificationBell />
      <OwnMenu name={viewer.name} />
    </>
  );
}

function NotificationBell() {
  const [{ data }] = useQuery({ query: Unread });
  const unread = data?.unreadNotificationCount ?? 0;
  return (
    <Link
      to="/notifications"
      className="icon-link"
      aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
    >
      <Bell size={20} aria-hidden />
      {unread > 0 && <span className="badge">{unread > 99 ? '99+' : unread}</span>}
    </Link>
  );
}

function OwnMenu({ name }: { readonly name: string }) {
  const signOut = useAction(SignOut);
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  useEffect(() => {
    const leaveMenu = (event: Event) => {
      const isInside = event.target instanceof Node && menu.current?.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !isInside)
        menu.current?.removeAttribute('open');
    };
    for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, leaveMenu);
    return () => {
      for (const kind of ['pointerdown', 'keydown']) document.removeEventListener(kind, leaveMenu);
    };
  }, []);
  const end = async () => {
    if (await signOut.run({})) leave();
  };
  return (
    <details className="own-menu" ref={menu}>
      <summary>
        <CircleUser size={20} aria-hidden /> <span className="own-name">{name}</span>
      </summary>
      <div>
        <Link to="/account" onClick={close}>
          Account and password
        </Link>
        <button type="button" onClick={flipTheme}>
          Light or dark
        </button>
        <button type="button" onClick={() => void end()}>
          Sign out
        </button>
      </div>
    </details>
  );
}
