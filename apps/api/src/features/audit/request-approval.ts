import { approvalLapsesAt, approvalMachine, canonicalJson, dayWords, move } from '@tallystick/domain';
import { sha256 } from '../../platform/crypto/digest';
import { notFound, orRefuse, Refused } from '../../platform/errors/refused';
import type { Json, Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import {
  accountNames,
  insertApproval,
  lockApproval,
  lockAsking,
  lockPending,
  moveApproval,
  newestApprovals,
  newestOfExperts,
  pendingOfExperts,
  pendingOn,
  type ApprovalRecord,
} from './approval.repository';

/** Something that is to be done after another person has approved exactly this. */
export interface ApprovalWish {
  /** An action that a feature has registered, e.g. payout.send. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** One line for who decides: what is done. */
  readonly summary: string;
  /** Everything that is done, ids and amounts as text; bound by its hash. */
  readonly payload: { readonly [key: string]: Json };
  readonly reason: string;
  /** Who asks; null where the product itself does. They never decide on it. */
  readonly requestedById: string | null;
  readonly expertId?: string;
  readonly amount?: { readonly minor: bigint; readonly currency: string };
  readonly approvalsNeeded?: 1 | 2;
  /** True where who asks for what is asked for already is told so, instead of being taken for who asked. */
  readonly isTold?: boolean;
  /** By when whoever waits for it is promised a decision, never after it lapses; absent where nobody is. */
  readonly promisedBy?: Date;
}

/** Where a request stands. */
export interface ApprovalStanding {
  readonly id: string;
  readonly state: string;
  readonly summary: string;
  readonly payload: { readonly [key: string]: Json };
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly subjectId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** By when a decision was promised; null where none was. */
  readonly promisedBy: Date | null;
  /** When it ended, and why it was not done; null where it waits, or was done. */
  readonly endedAt: Date | null;
  readonly outcome: string | null;
}

/** A request about an expert's money that waits. */
export type ExpertApproval = ApprovalStanding & { readonly expertId: string };

/**
 * Asks for an approval. The same wish while one waits is the same request; another wish for the same subject takes its
 * place, so nobody approves what is not wanted any more. Returns the request's id. Refuses with ASKED_ALREADY where the
 * wish says that who asks is told.
 */
export async function requestApproval(tx: Tx, wish: ApprovalWish): Promise<string> {
  const payload = canonicalJson({ ...wish.payload, action: wish.action, summary: wish.summary });
  const payloadSha256 = payloadHash(payload);
  await lockAsking(tx.db, wish.action, wish.subjectId);
  const pending = await lockPending(tx.db, wish.action, wish.subjectId, wish.amount?.currency ?? null);
  const isOpen = pending !== null && pending.expiresAt > tx.now;
  if (isOpen && wish.isTold) throw await askedAlready(tx, pending);
  if (isOpen && pending.payloadSha256 === payloadSha256) return pending.id;
  if (pending) await overtake(tx, pending, 'Another request took its place.');
  const id = tx.newId();
  await insertApproval(tx.db, {
    id,
    action: wish.action,
    subjectType: wish.subjectType,
    subjectId: wish.subjectId,
    summary: wish.summary,
    payload,
    payloadSha256,
    requestedById: wish.requestedById,
    reason: wish.reason,
    expertId: wish.expertId ?? null,
    amountMinor: wish.amount?.minor ?? null,
    currency: wish.amount?.currency ?? null,
    approvalsNeeded: wish.approvalsNeeded ?? 1,
    createdAt: tx.now,
    expiresAt: approvalLapsesAt(tx.now),
    promisedBy: wish.promisedBy ?? null,
  });
  const { action, subjectId } = wish;
  const facts = {
    action,
    subjectId,
    payloadSha256,
    requestedById: wish.requestedById,
    amountMinor: wish.amount?.minor,
    currency: wish.amount?.currency,
  };
  const words = { reason: wish.reason };
  tx.record({ subjectType: 'approval-request', subjectId: id, to: approvalMachine.initial, facts, words });
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind: 'APPROVAL_WAITS',
      title: 'Something waits for your approval',
      body: `${wish.summary} Read it and approve or decline.`,
      link: '/admin/approvals',
    },
  );
  return id;
}

/** Names who asked for it first, and until when another person decides. */
async function askedAlready(
  tx: Tx,
  { requestedById, createdAt, expiresAt }: ApprovalRecord,
): Promise<Refused> {
  const names = await accountNames(tx.db, requestedById === null ? [] : [requestedById]);
  const who = names.get(requestedById ?? '') ?? 'The product';
  const message = `${who} asked for exactly this on ${dayWords(createdAt)}. It waits under Approvals for another person, who decides until ${dayWords(expiresAt)}; nobody has to ask again.`;
  return new Refused('ASKED_ALREADY', message);
}

/** What binds an approval to exactly this payload, canonical JSON: its SHA-256, in hex. */
export function payloadHash(payload: string): string {
  return sha256(payload).toString('hex');
}

/** Ends a request that waits, because what it asks for has changed. False where it does not wait any more. */
export async function lapseApproval(tx: Tx, id: string, why: string): Promise<boolean> {
  const request = await lockApproval(tx.db, id);
  if (request?.state !== approvalMachine.initial) return false;
  await overtake(tx, request, why);
  return true;
}

/**
 * Ends the requests for an action that wait (on one subject, in one currency, where these are given), because one person
 * did the same at once since: an older wish approved afterwards would undo it. Whatever needs approval only at times, and
 * is done at once at others, calls this then.
 */
export async function overtakeWaiting(
  tx: Tx,
  { action, subjectId, currency }: { action: string; subjectId?: string; currency?: string },
): Promise<void> {
  for (const waiting of await pendingOn(tx.db, action, subjectId, tx.now))
    if (currency === undefined || waiting.currency === currency)
      await lapseApproval(tx, waiting.id, 'One person set or did this at once since; the newer word holds.');
}

/** What was asked for, and what it is called by who asked: `refund`. */
interface Asked {
  readonly id: string;
  readonly action: string;
  readonly subjectId: string;
  readonly name: string;
}

/**
 * Ends a request for an action on a subject, because who asked does not want it any more. Refuses with NOT_FOUND where there
 * is none of this id, with STATE_CHANGED, in words of what was asked for (`name`), where it does not wait any more.
 */
export async function withdrawApproval(
  tx: Tx,
  { id, action, subjectId, name }: Asked,
): Promise<ApprovalStanding> {
  const request = await lockApproval(tx.db, id);
  if (request?.action !== action || request.subjectId !== subjectId) throw notFound('request');
  return standingOf(await withdrawLocked(tx, request, name), tx.now);
}

/**
 * Ends a locked request, because who asked does not want it any more. Refuses with STATE_CHANGED, in words of what it is
 * called, where it does not wait any more.
 */
export async function withdrawLocked(tx: Tx, request: ApprovalRecord, name: string): Promise<ApprovalRecord> {
  const { id, action, subjectId, state: from } = request;
  const state = orRefuse(move({ ...approvalMachine, name }, from, 'WITHDRAW'));
  const outcome = 'Who asked for it does not want it any more.';
  await moveApproval(tx.db, request, { state, decidedAt: tx.now, outcome });
  const facts = { action, subjectId };
  tx.record({ subjectType: 'approval-request', subjectId: id, from, to: state, facts });
  return { ...request, state, outcome, decidedAt: tx.now };
}

async function overtake(tx: Tx, request: ApprovalRecord, why: string): Promise<void> {
  const { id: subjectId, state: from, action } = request;
  const state = orRefuse(move(approvalMachine, from, 'OVERTAKE'));
  await moveApproval(tx.db, request, { state, decidedAt: tx.now, outcome: why });
  const facts = { action, subjectId: request.subjectId };
  tx.record({ subjectType: 'approval-request', subjectId, from, to: state, facts, words: { why } });
}

/** The requests for an action about experts in a currency that wait for somebody's decision, oldest first. */
export async function waitingOfExperts(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  action: string,
  expertIds: readonly string[],
  currency: string,
): Promise<ExpertApproval[]> {
  const rows = expertIds.length === 0 ? [] : await pendingOfExperts(db, action, { expertIds, currency }, now);
  return rows.flatMap((row) =>
    row.expertId === null ? [] : [{ ...standingOf(row, now), expertId: row.expertId }],
  );
}

/** Where the newest request for an action about each expert in a currency stands. */
export async function newestAbout(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  action: string,
  expertIds: readonly string[],
  currency: string,
): Promise<Map<string, ApprovalStanding>> {
  const rows =
    expertIds.length === 0
      ? new Map<string, ApprovalRecord>()
      : await newestOfExperts(db, action, expertIds, currency);
  return new Map([...rows].map(([expertId, row]) => [expertId, standingOf(row, now)]));
}

/** Where the newest request for an action on each subject stands; an approval whose time is over is not among them. */
export async function approvalsOf(
  tx: Pick<Tx, 'db' | 'now'>,
  action: string,
  subjectIds: readonly string[],
): Promise<Map<string, ApprovalStanding>> {
  const found =
    subjectIds.length === 0
      ? new Map<string, ApprovalRecord>()
      : await newestApprovals(tx.db, action, subjectIds);
  return new Map([...found].map(([subjectId, row]) => [subjectId, standingOf(row, tx.now)]));
}

/** The requests for an action on a subject that wait for somebody's decision, one a currency, oldest first. */
export async function waitingApprovals(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  action: string,
  subjectId: string,
): Promise<ApprovalStanding[]> {
  return (await pendingOn(db, action, subjectId, now)).map((row) => standingOf(row, now));
}

function standingOf(row: ApprovalRecord, now: Date): ApprovalStanding {
  const { id, subjectId, state, summary, payload, amountMinor, currency, createdAt, expiresAt, promisedBy } =
    row;
  const isLate = state === approvalMachine.initial && expiresAt <= now;
  return {
    id,
    subjectId,
    state: isLate ? 'EXPIRED' : state,
    endedAt: isLate ? expiresAt : (row.executedAt ?? row.decidedAt),
    outcome: isLate ? 'Nobody decided in time.' : row.outcome,
    summary,
    payload: JSON.parse(payload) as ApprovalStanding['payload'],
    amountMinor,
    currency,
    createdAt,
    expiresAt,
    promisedBy,
  };
}
