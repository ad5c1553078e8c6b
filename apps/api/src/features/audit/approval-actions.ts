import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Concerned } from '../../platform/access/own-matter';
import type { Permission } from '../../platform/access/permissions';
import type { Read, Tx } from '../../platform/prisma/transaction';

/** Who may ask for an action: looked at again before it is done, for roles and memberships end meanwhile. */
export interface Asking {
  readonly permission: Permission;
  /** Whether it must be about whoever asks, as a lab's refund is, or must not, as what staff ask for. */
  readonly matter: 'OWN' | 'ANOTHERS' | 'ANY';
}

/** What a feature does once it is approved. */
export interface ApprovalAction<T = unknown> {
  /** e.g. payout.send. */
  readonly action: string;
  readonly payload: z.ZodType<T>;
  /** Whom it is about beside the expert whom the request names: they do not decide on it. Nothing where it is about nobody in particular. */
  readonly concerns: (payload: T) => Concerned;
  readonly asking: Asking;
  /** Path of the page where who asked reads on. Without it they are not told: the feature tells them in its own words. */
  readonly link?: string;
  /** Codes of refusals that pass by themselves: the request goes on waiting, and who decides is told why it cannot be done now. */
  readonly waitsOn?: readonly string[];
  /** What keeps each of some requests from being done now, in a sentence for who decides; undefined where nothing does. */
  readonly hindrances?: (
    read: Pick<Tx, 'db' | 'now'>,
    payloads: readonly T[],
  ) => Promise<(string | undefined)[]>;
  /**
   * Looks, without a lock, at whether it can still be done as it was asked for, for whoever reads the request while it waits.
   * Refuses as `execute` would where what it is about has changed since. Absent where nothing about it can change.
   */
  readonly check?: (read: Pick<Read, 'db' | 'now'>, payload: T) => Promise<void>;
  /**
   * Looks at its preconditions again and does it, in one transaction with the note that it was done. Refuses where it
   * cannot be done any more: then the request says why, and nothing is done.
   * @param requestId the key that makes it act once
   */
  readonly execute: (tx: Tx, payload: T, requestId: string) => Promise<void>;
}

/** All actions that need four eyes. Two of one name stop the start. */
@Injectable()
export class ApprovalActions {
  private readonly actions = new Map<string, ApprovalAction<never>>();

  /** Registers a feature's action. */
  add<T>(action: ApprovalAction<T>): void {
    if (this.actions.has(action.action)) throw new Error(`the action ${action.action} is registered twice`);
    this.actions.set(action.action, action as unknown as ApprovalAction<never>);
  }

  /** The action of a name; throws where nobody registered it. */
  find(action: string): ApprovalAction<never> {
    const found = this.actions.get(action);
    if (!found) throw new Error(`no feature registered the action ${action}`);
    return found;
  }

  /** Whom an action is about by its payload; nobody where the action is gone by now, or does not know the payload. */
  concernedBy(action: string, payload: unknown): Concerned {
    const found = this.actions.get(action);
    const read = found?.payload.safeParse(payload);
    return found && read?.success ? found.concerns(read.data) : {};
  }

  /** Who may ask for an action; undefined where the action is gone by now. */
  askingOf(action: string): Asking | undefined {
    return this.actions.get(action)?.asking;
  }

  /** Where who asked for an action reads on; undefined where they are not told, or the action is gone by now. */
  linkOf(action: string): string | undefined {
    return this.actions.get(action)?.link;
  }
}
