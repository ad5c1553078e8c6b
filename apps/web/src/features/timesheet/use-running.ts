import { useEffect, useState } from 'react';

/** The server's row of a running timer. */
export interface RunningTimer {
  readonly startedAt: string;
  readonly lastHeartbeatAt: string;
  /** The server's own time when it answered. */
  readonly now: string;
}

/** When this page first saw an answer of the server: the difference of the two clocks. */
const SEEN = new Map<string, number>();

function lead(serverNow: string): number {
  const seenAt = SEEN.get(serverNow) ?? Date.now();
  SEEN.set(serverNow, seenAt);
  return Date.parse(serverNow) - seenAt;
}

/** Seconds that the timer has run and since its last sign of life, by the server's clock; each second anew. */
export function useRunning(timer: RunningTimer | null | undefined): {
  seconds: number;
  silentSeconds: number;
} {
  const [running, setRunning] = useState({ seconds: 0, silentSeconds: 0 });
  const { startedAt, lastHeartbeatAt, now } = timer ?? {};
  useEffect(() => {
    if (startedAt === undefined || lastHeartbeatAt === undefined || now === undefined) return undefined;
    const ahead = lead(now);
    const since = (instant: string) =>
      Math.max(0, Math.floor((Date.now() + ahead - Date.parse(instant)) / 1000));
    const tick = () => setRunning({ seconds: since(startedAt), silentSeconds: since(lastHeartbeatAt) });
    const first = setTimeout(tick);
    const beat = setInterval(tick, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(beat);
    };
  }, [startedAt, lastHeartbeatAt, now]);
  return running;
}
