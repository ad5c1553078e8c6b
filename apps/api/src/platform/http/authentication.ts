import type { FastifyInstance, FastifyRequest } from 'fastify';
import passport from 'passport';
import { ANONYMOUS, type Actor, type Person } from '../access/actor';
import { sessionTokenOf } from './session-cookie';

/** Finds the person of a session token; the account feature has one. */
export interface SessionFinder {
  find(token: string): Promise<Actor | undefined>;
  /** The persons of those of some sessions that still live, by session id. Looking does not count as use. */
  living(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
}

export const SESSION_FINDER = Symbol('SessionFinder');

/** Passport's strategy for our cookie: server-side sessions, opaque token. */
class SessionCookieStrategy extends passport.Strategy {
  override name = 'session-cookie';

  constructor(private readonly sessions: SessionFinder) {
    super();
  }

  override authenticate(request: unknown): void {
    const token = sessionTokenOf(request as FastifyRequest);
    if (token === undefined) return this.fail(401);
    this.sessions.find(token).then(
      (actor) => (actor ? this.success(actor as object) : this.fail(401)),
      (error: unknown) => this.error(error),
    );
  }
}

/** Sets the actor of every request, before anything else looks at it. */
export function authentication(http: FastifyInstance, sessions: SessionFinder): void {
  const authenticator = new passport.Passport();
  authenticator.use(new SessionCookieStrategy(sessions));
  http.decorateRequest('actor');
  http.addHook('preHandler', async (request, reply) => {
    request.actor = await new Promise<Actor>((resolve, reject) => {
      const settle = (error: unknown, actor?: Actor | false) =>
        error ? reject(error as Error) : resolve(actor || ANONYMOUS);
      authenticator.authenticate('session-cookie', { session: false }, settle)(request, reply, reject);
    });
  });
}
