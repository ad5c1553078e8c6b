import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Person } from '../access/actor';
import { isStaff } from '../access/actor';
import { Clock } from '../clock/clock';
import { Config } from '../config/config';
import { Refused } from '../errors/refused';
import type { SessionFinder } from '../http/authentication';
import { log } from '../log/log';
import { CHANNEL, readPayload, type Announcement } from './announcement.repository';
import { Listener } from './listener';
import { LiveStream, type Change } from './live-stream';

/** A browser keeps one stream for all its tabs; the rest is room for reloads that overlap. */
const STREAMS_A_SESSION = 6;
const STREAMS_A_PROCESS = 5000;
/** How often it is looked at whether the sessions of open streams still live. */
const SESSION_CHECK_MS = 10_000;
/** The topic of whatever ends or begins a session. */
export const SESSION_TOPIC = 'session';

/** Tells open streams that something which their person may see has changed. One per process. */
@Injectable()
export class LiveUpdates implements BeforeApplicationShutdown {
  private readonly streams = new Set<LiveStream>();
  private listener: Listener | undefined;
  private listening: Promise<void> | undefined;
  private sessions: SessionFinder | undefined;
  private checking: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Says who knows which sessions live. Called once, before the first stream. */
  useSessions(sessions: SessionFinder): void {
    this.sessions = sessions;
  }

  /** A stream of changes for a person; it ends with their session. Refuses with TOO_MANY_STREAMS. */
  async open(person: Person): Promise<LiveStream> {
    this.checkRoom(person);
    const stream = new LiveStream(
      person,
      () => this.clock.now(),
      () => this.streams.delete(stream),
    );
    this.streams.add(stream);
    this.checking ??= setInterval(() => void this.checkSessions(), SESSION_CHECK_MS).unref();
    await this.listen();
    return stream;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.checking);
    for (const stream of this.streams) await stream.return();
    await this.listener?.stop();
  }

  private checkRoom(person: Person): void {
    const own = [...this.streams].filter((stream) => stream.person.sessionId === person.sessionId).length;
    if (own >= STREAMS_A_SESSION || this.streams.size >= STREAMS_A_PROCESS || this.isStopping)
      throw new Refused(
        'TOO_MANY_STREAMS',
        'Too many pages are open at once. Close some; pages without updates show what is new when you reload them.',
      );
  }

  private listen(): Promise<void> {
    this.listener ??= new Listener(this.config.get('DATABASE_URL'), CHANNEL, {
      heard: (payload) => this.tell(readPayload(payload)),
      missed: () => this.tellAll(),
    });
    this.listening ??= this.listener.start();
    return this.listening;
  }

  private tell(announcements: readonly Announcement[]): void {
    for (const stream of this.streams) {
      const topics = announcements.filter((each) => concerns(each, stream.person)).map(({ topic }) => topic);
      if (topics.length > 0) stream.change(topics);
    }
    if (announcements.some(({ topic }) => topic === SESSION_TOPIC)) void this.checkSessions();
  }

  /** After a gap anything may be new: an event without topics. */
  private tellAll(): void {
    for (const stream of this.streams) stream.change([]);
    void this.checkSessions();
  }

  /** Ends the streams of sessions that ended; gives the others their person's present roles. */
  private async checkSessions(): Promise<void> {
    if (this.streams.size === 0 || !this.sessions) return;
    const open = [...this.streams];
    try {
      const living = await this.sessions.living([...new Set(open.map(({ person }) => person.sessionId))]);
      for (const stream of open) {
        const person = living.get(stream.person.sessionId);
        if (person) stream.person = person;
        else await stream.return();
      }
    } catch (error) {
      log.warn({ code: (error as Error).name }, 'sessions of live updates could not be looked at');
    }
  }
}

/** True where an announcement is for a person. Staff hear everything, as they see all rows. */
export function concerns({ topic, concerns: whom }: Announcement, person: Person): boolean {
  if (isStaff(person) && topic !== 'notification') return true;
  if (whom === 'STAFF_ONLY') return false;
  if ('labId' in whom) return whom.labId === person.labId;
  return 'expertId' in whom ? whom.expertId === person.expertId : whom.accountId === person.accountId;
}

export type { Change };
