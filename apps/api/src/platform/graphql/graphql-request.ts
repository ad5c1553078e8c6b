import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SESSION_COOKIES } from '../http/session-cookie';
import { LIMITS } from './limits';
import type { PersistedDocuments } from './persisted-documents';

const Body = z.object({
  query: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

/** An operation as it was asked for: its text, out of the manifest or as it was sent. */
export interface Asked {
  readonly text: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** Why a request is not served, before its document is looked at. */
export interface RequestRefusal {
  readonly status: number;
  readonly refusal: unknown;
}

/**
 * Reads the body of a GraphQL request, for both doors. With a session cookie: the header `x-tallystick` and a persisted
 * document only. Without: free text too.
 */
export function readRequest(request: FastifyRequest, documents: PersistedDocuments): Asked | RequestRefusal {
  if (!isJson(request)) return bad(415, 'MEDIA_TYPE', 'Send GraphQL with content-type application/json.');
  const body = Body.safeParse(request.body);
  if (!body.success)
    return bad(
      400,
      'BAD_REQUEST',
      'The body must be JSON with query, variables, operationName and extensions.',
    );
  const { query, variables, operationName, extensions } = body.data;
  const rest = { variables: variables ?? undefined, operationName: operationName ?? undefined };
  const hash = (extensions?.persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  const isBrowser = SESSION_COOKIES.some((name) => request.cookies[name] !== undefined);
  if (isBrowser) {
    if (request.headers['x-tallystick'] === undefined || isForeign(request))
      return bad(403, 'FOREIGN_REQUEST', 'This request did not come from the product itself.');
    if (typeof hash !== 'string')
      return bad(400, 'PERSISTED_ONLY', 'With a session only documents of the web client are served.');
  }
  if (typeof hash === 'string') {
    const text = documents.find(hash);
    return text === undefined
      ? bad(400, 'PERSISTED_QUERY_NOT_FOUND', 'This page is from an older version. Load it again.')
      : { text, ...rest };
  }
  return typeof query === 'string'
    ? { text: query, ...rest }
    : bad(400, 'BAD_REQUEST', 'The field query is missing.');
}

/** Answers a body that the server would not read, in the shape of every other refusal. Throws on whatever else went wrong. */
export function refuseBody(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [status, code, message] = bodyFault(error);
  return reply.code(status).type('application/json; charset=utf-8').send(refusal(code, message));
}

function bodyFault(error: FastifyError): readonly [number, string, string] {
  if (error.statusCode === 413)
    return [413, 'DOCUMENT_TOO_LARGE', `A request has at most ${LIMITS.bytes} bytes. Ask for less at once.`];
  if (error.statusCode === 415)
    return [415, 'MEDIA_TYPE', 'Send GraphQL with content-type application/json.'];
  if (error.statusCode === 400)
    return [400, 'BAD_REQUEST', 'The body must be JSON with query, variables, operationName and extensions.'];
  throw error;
}

/** A form of another site can send other media without asking first; JSON it cannot. */
function isJson(request: FastifyRequest): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** Browsers say where a request comes from; other clients do not send this. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** A refusal of a whole request, as GraphQL over HTTP says it. */
export function refusal(code: string, message: string): unknown {
  return { errors: [{ message, extensions: { code } }] };
}

function bad(status: number, code: string, message: string): RequestRefusal {
  return { status, refusal: refusal(code, message) };
}
