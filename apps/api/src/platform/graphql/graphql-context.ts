import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by the authentication hook before anything else runs. */
    actor: Actor;
    /** The exact bytes of the body, for signatures. */
    rawBody?: Buffer;
  }
}

/** What a resolver finds beside its arguments. Loaders live as long as the request. */
export interface GraphqlContext {
  readonly req: FastifyRequest;
  readonly reply: FastifyReply;
  readonly actor: Actor;
  /** Batch readers of this request, made on first use, by name. */
  readonly loaders: Map<string, unknown>;
}

/** The loader of a name, made once for a request. */
export function loaderOf<L>(context: GraphqlContext, name: string, make: (actor: Actor) => L): L {
  const known = context.loaders.get(name);
  if (known !== undefined) return known as L;
  const fresh = make(context.actor);
  context.loaders.set(name, fresh);
  return fresh;
}
