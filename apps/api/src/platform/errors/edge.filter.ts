import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import type { GqlExceptionFilter } from '@nestjs/graphql';
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { log } from '../log/log';
import { answerTo } from './database-refusals';
import { Refused } from './refused';

const STATUS: Record<string, number> = {
  NOT_FOUND: 404,
  SIGN_IN_REQUIRED: 401,
  TOO_MANY_TRIES: 429,
  TOO_LARGE: 413,
  BUSY: 503,
};

/** The one way out for errors of handlers. GraphQL's are formatted by its route; others become JSON with a code and a sentence. */
@Catch()
export class EdgeFilter implements GqlExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, body } = asJson(answerTo(error));
    return reply.code(status).type('application/json; charset=utf-8').send(body);
  }
}

/** An error as JSON: a refusal, an answer of the framework, or a bug with a trace id. */
export function asJson(error: unknown): { status: number; body: unknown } {
  if (error instanceof Refused)
    return {
      status: STATUS[error.code] ?? 400,
      body: { code: error.code, message: error.message, ...error.about },
    };
  if (error instanceof HttpException) return { status: error.getStatus(), body: error.getResponse() };
  const traceId = randomUUID();
  log.error(
    { traceId, err: { type: (error as Error).name, stack: (error as Error).stack } },
    'a request failed',
  );
  return {
    status: 500,
    body: {
      code: 'INTERNAL',
      message: 'Something went wrong on our side. Try again; if it stays, tell us the trace id.',
      traceId,
    },
  };
}
