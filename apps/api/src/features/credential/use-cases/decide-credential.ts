import { Injectable } from '@nestjs/common';
import { checkNotLapsed, CREDENTIAL_TYPES, decideVerification, isDecisionReason } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { hashOf } from '../../../platform/crypto/digest';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import {
  evidenceOf,
  insertVerification,
  lockCredential,
  moveCredential,
  verificationsOf,
  type CredentialRecord,
  type EvidenceFile,
  type VerificationRecord,
} from '../credential.repository';

const Input = z.object({
  credentialId: z.uuid(),
  outcome: z.enum(['APPROVE', 'REJECT']),
  reason: z.string().trim(),
  /** Code of APPROVAL_REASONS or REJECTION_REASONS. */
  reasonCode: z.string().nullish(),
  /** Hash of claim and evidence as the verifier saw them. */
  seenHash: z.string().length(64),
  idempotencyKey: z.string(),
});

/** A verifier decides. Regulated work takes two different ones; what they decide on is bound by its hash. */
@Injectable()
export class DecideCredential {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { credentialId, outcome, reason, seenHash, idempotencyKey, ...given } = parseInput(Input, input);
    const reasonCode = given.reasonCode ?? 'OTHER';
    if (!isDecisionReason(outcome, reasonCode))
      throw new Refused('REASON_UNKNOWN', 'Choose a reason from the list.', { field: 'reasonCode' });
    await this.unitOfWork.run(person, { name: 'decide-credential', idempotencyKey, input }, async (tx) => {
      const credential = await lockCredential(tx.db, credentialId);
      const expert = credential && (await findExpert(tx.db, credential.expertId));
      if (!credential || !expert) throw notFound('credential');
      if (seenHash !== seenHashOf(credential, await evidenceOf(tx.db, credentialId))) {
        throw new Refused(
          'CHANGED_MEANWHILE',
          'The claim or its evidence changed since you opened it. Look at it again before you decide.',
        );
      }
      if (outcome === 'APPROVE') orRefuse(checkNotLapsed(credential.expiresOn, tx.now));
      const round = thisRound(credential, await verificationsOf(tx.db, credentialId));
      const decision = {
        type: credential.type,
        state: credential.state,
        claimantId: expert.accountId,
        verifierId: person.accountId,
        outcome,
        reason,
        ...round,
      };
      const state = orRefuse(decideVerification(decision));
      const isMoved = await moveCredential(tx.db, credential, {
        state,
        ...(state === 'VERIFIED' && { verifiedAt: tx.now }),
      });
      if (!isMoved)
        throw new Refused(
          'CHANGED_MEANWHILE',
          'Somebody else decided at the same time. Load the page again.',
        );
      await insertVerification(tx.db, {
        id: tx.newId(),
        credentialId,
        expertId: expert.id,
        method: 'HUMAN_REVIEW',
        outcome,
        reason,
        reasonCode,
        verifierId: person.accountId,
        seenHash,
        decidedAt: tx.now,
      });
      tx.record({
        subjectType: 'credential',
        subjectId: credentialId,
        from: credential.state,
        to: state,
        facts: { outcome, reasonCode, seenHash },
        words: { reason },
        expertId: expert.id,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId: expert.id } });
      await notify(
        tx,
        { expertId: expert.id },
        {
          kind: 'CREDENTIAL_DECIDED',
          title: `${CREDENTIAL_TYPES[credential.type].label}: ${TITLES[state] ?? state}`,
          body: reason,
          link: '/expert/credentials',
        },
      );
      if (state === 'IN_REVIEW') {
        await notify(
          tx,
          { staff: 'VERIFIER' },
          {
            kind: 'CREDENTIAL_WAITS',
            title: 'A second verifier is needed',
            body: 'One verifier approved it. Somebody else decides whether it holds.',
            link: `/admin/verification/${credentialId}`,
          },
        );
      }
    });
  }
}

const TITLES: Record<string, string> = {
  VERIFIED: 'verified',
  IN_REVIEW: 'approved once, a second verifier looks at it',
  REJECTED: 'not accepted; you can appeal',
};

/** Who approved in this round, and who ever rejected or stopped it. A round begins with the last submission. */
function thisRound(
  credential: CredentialRecord,
  all: readonly VerificationRecord[],
): { approvedBy: string[]; rejectedBy: string[] } {
  const by = (outcome: string, since: Date) =>
    all
      .filter((each) => each.outcome === outcome && each.decidedAt >= since)
      .flatMap(({ verifierId }) => verifierId ?? []);
  return {
    approvedBy: by('APPROVE', credential.submittedAt ?? new Date(0)),
    rejectedBy: ['REJECT', 'SUSPEND', 'REVOKE'].flatMap((outcome) => by(outcome, new Date(0))),
  };
}

/** One hash over what a verifier sees. */
export function seenHashOf(credential: CredentialRecord, evidence: readonly EvidenceFile[]): string {
  return hashOf({
    id: credential.id,
    type: credential.type,
    claim: credential.claim,
    submittedAt: credential.submittedAt,
    evidence: evidence.map(({ sha256 }) => sha256),
  });
}
