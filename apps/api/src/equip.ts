import cookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Config } from './platform/config/config';
import { graphqlRoute } from './platform/graphql/graphql-route';
import { streamRoute } from './platform/graphql/stream-route';
import { PersistedDocuments } from './platform/graphql/persisted-documents';
import { authentication, SESSION_FINDER, type SessionFinder } from './platform/http/authentication';
import { LiveUpdates } from './platform/live/live-updates';
import { webPages } from './platform/http/web-pages';
import { securityHeaders } from './platform/http/security-headers';

/** The largest file that somebody may upload, bytes. */
const LARGEST_FILE = 5_000_000;

/** Addresses from which a proxy of our own may come, by proxy-addr's names. */
const PRIVATE = 'loopback,linklocal,uniquelocal';

/** The HTTP server's own limits, and whom it believes about who calls: tries are counted by that address. */
export function httpAdapter(trusted: 'none' | 'private' = 'none'): FastifyAdapter {
  const trustProxy = trusted === 'private' ? PRIVATE : false;
  return new FastifyAdapter({ bodyLimit: 1_000_000, trustProxy, requestTimeout: 60_000 });
}

/** What every API process and every API test puts in front of its handlers. */
export async function equip(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  const http = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const config = app.get(Config);
  for (const type of ['application/pdf', 'image/png', 'image/jpeg']) {
    http.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: LARGEST_FILE }, (_request, body, done) =>
      done(null, body),
    );
  }
  securityHeaders(http, config);
  await app.register(cookie as never);
  const sessions = app.get<SessionFinder>(SESSION_FINDER);
  authentication(http, sessions);
  app.get(LiveUpdates).useSessions(sessions);
  graphqlRoute(http, app.get(PersistedDocuments), config);
  streamRoute(http, app.get(PersistedDocuments));
  await webPages(http, config);
  app.enableShutdownHooks();
  return app;
}
