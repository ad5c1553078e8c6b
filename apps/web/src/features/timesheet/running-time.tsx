import { Link } from '@tanstack/react-router';
import { Timer as TimerIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../../gql';
import { readAgain } from '../../lib/api';
import { stopwatch } from '../../lib/time';
import { useRunning } from './use-running';

const Running = graphql(`
  query RunningTime {
    myTimer {
      engagementId
      startedAt
      lastHeartbeatAt
      now
    }
  }
`);
const Beat = graphql(`
  mutation BeatTimer {
    beatTimer {
      engagementId
      lastHeartbeatAt
    }
  }
`);

const BEAT_SECONDS = 60;
/** Without a key or a pointer for this long the timer is not said to be at work. */
export const IDLE_SECONDS = 600;
const CHANNEL = 'tallystick-timer';

/** Tells the other tabs that the timer was started or stopped. */
export function tellTabs(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

/** The running time, on every page of every tab and in the tab's title. Says each minute that the expert is at work. */
export function RunningTime() {
  const [{ data }] = useQuery({ query: Running });
  const timer = data?.myTimer;
  const { seconds, silentSeconds } = useRunning(timer);
  useTabs();
  useTitle(timer ? stopwatch(seconds) : undefined);
  useBeat(timer !== null && timer !== undefined, silentSeconds);
  if (!timer) return null;
  return (
    <Link className="icon-link running" to="/expert/week" aria-label={`Timer runs: ${stopwatch(seconds)}`}>
      <TimerIcon size={20} aria-hidden /> <span aria-hidden="true">{stopwatch(seconds)}</span>
    </Link>
  );
}

function useTabs(): void {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => readAgain();
    return () => channel.close();
  }, []);
}

/** Puts the running time before the title of the tab. */
function useTitle(time: string | undefined): void {
  useEffect(() => {
    const bare = document.title.replace(/^\d+:\d\d:\d\d · /, '');
    document.title = time === undefined ? bare : `${time} · ${bare}`;
  });
}

/** Sends a sign of life each minute while somebody is at the page; after a long silence the person is asked first. */
function useBeat(isRunning: boolean, silentSeconds: number): void {
  const [, beat] = useMutation(Beat);
  const active = useRef(0);
  useEffect(() => {
    const note = () => (active.current = Date.now());
    note();
    addEventListener('pointermove', note, { passive: true });
    addEventListener('keydown', note);
    return () => {
      removeEventListener('pointermove', note);
      removeEventListener('keydown', note);
    };
  }, []);
  const isDue = isRunning && silentSeconds >= BEAT_SECONDS && silentSeconds < IDLE_SECONDS;
  const round = Math.floor(silentSeconds / BEAT_SECONDS);
  useEffect(() => {
    if (isDue && Date.now() - active.current < IDLE_SECONDS * 1000) void beat({});
  }, [isDue, round, beat]);
}
