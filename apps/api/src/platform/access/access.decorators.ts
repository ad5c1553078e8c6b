import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Actor, Person } from './actor';
import type { Permission } from './permissions';

export const ACCESS = 'tallystick:access';

/** What a handler declares about who may call it. */
export type AccessRule =
  { readonly kind: 'PUBLIC' } | { readonly kind: 'REQUIRES'; readonly permission: Permission };

/** Anyone may call this, signed in or not. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, { kind: 'PUBLIC' } satisfies AccessRule);

/** Only those whose role has the permission may call this. */
export const Requires = (permission: Permission): MethodDecorator =>
  SetMetadata(ACCESS, { kind: 'REQUIRES', permission } satisfies AccessRule);

/** The request as the platform extends it. */
export interface WithActor {
  actor: Actor;
}

/** The request of a handler, GraphQL or HTTP. */
export function requestOf(context: ExecutionContext): WithActor {
  return context.getType<string>() === 'graphql'
    ? (context.getArgByIndex(2) as { req: WithActor }).req
    : context.switchToHttp().getRequest<WithActor>();
}

/** The actor of the call. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => requestOf(context).actor,
);

/** The signed-in person of the call; only behind `@Requires`. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const { actor } = requestOf(context);
  if (actor.kind !== 'PERSON')
    throw new Error('CurrentPerson is used on a handler that does not require a person');
  return actor;
});
