import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Refused } from '../errors/refused';
import { ACCESS, requestOf, type AccessRule } from './access.decorators';
import type { Actor } from './actor';
import { may } from './permissions';

/** Denies unless declared: a handler with neither `@Public()` nor `@Requires()` is served to nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    check(this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler()), requestOf(context).actor);
    return true;
  }
}

/** Refuses an actor whom a rule does not let in; also for routes outside Nest. */
export function check(rule: AccessRule | undefined, actor: Actor): void {
  if (rule?.kind === 'PUBLIC') return;
  if (actor.kind === 'ANONYMOUS') throw new Refused('SIGN_IN_REQUIRED', 'Sign in to go on.');
  if (!rule || !may(actor, rule.permission)) throw new Refused('NOT_FOUND', 'There is nothing here for you.');
}
