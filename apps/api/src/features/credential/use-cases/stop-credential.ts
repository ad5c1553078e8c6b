import { Injectable } from '@nestjs/common';
import {
  CREDENTIAL_TYPES,
  credentialMachine,
  dayWords,
  decisionReasonWords,
  isDecisionReason,
  move,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { insertVerification, lockCredential, moveCredential } from '../credential.repository';

const Input = z.object({
  credentialId: z.uuid(),
  event: z.enum(['SUSPEND', 'REVOKE']),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the expert reads it').max(2000),
  /** Code of STOP_REASONS. */
  reasonCode: z.string().nullish(),
  idempotencyKey: z.string(),
});

/**
 * A verifier stops a credential that no longer holds at its source: work that needs it waits, for whatever lab. Pay for work done
 * stays due. The expert is told by whom, why and how to appeal; another verifier decides then.
 */
@Injectable()
export class StopCredential {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND, OWN_CREDENTIAL, REASON_UNKNOWN, STATE_CHANGED, CHANGED_MEANWHILE. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { credentialId, event, reason, idempotencyKey, ...given } = parseInput(Input, input);
    const reasonCode = given.reasonCode ?? 'OTHER';
    if (!isDecisionReason(event, reasonCode))
      throw new Refused('REASON_UNKNOWN', 'Choose a reason from the list.', { field: 'reasonCode' });
    await this.unitOfWork.run(person, { name: 'stop-credential', idempotencyKey, input }, async (tx) => {
      const credential = await lockCredential(tx.db, credentialId);
      const expert = credential && (await findExpert(tx.db, credential.expertId));
      if (!credential || !expert) throw notFound('credential');
      if (expert.accountId === person.accountId)
        throw new Refused('OWN_CREDENTIAL', 'Nobody decides on their own credential.');
      const state = orRefuse(move(credentialMachine, credential.state, event));
      if (!(await moveCredential(tx.db, credential, { state })))
        throw new Refused('CHANGED_MEANWHILE', 'Somebody else acted at the same time. Load the page again.');
      const { expertId, type } = credential;
      await insertVerification(tx.db, {
        id: tx.newId(),
        credentialId,
        expertId,
        method: 'HUMAN_REVIEW',
        outcome: event,
        reason,
        reasonCode,
        verifierId: person.accountId,
        seenHash: null,
        decidedAt: tx.now,
      });
      tx.record({
        subjectType: 'credential',
        subjectId: credentialId,
        from: credential.state,
        to: state,
        facts: { outcome: event, reasonCode },
        words: { reason },
        expertId,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
      const { label } = CREDENTIAL_TYPES[type];
      const what = state === 'REVOKED' ? 'revoked' : 'suspended';
      await notify(
        tx,
        { expertId },
        {
          kind: 'CREDENTIAL_STOPPED',
          title: `Your ${label} is ${what}`,
          body: [
            `A verifier, a person of our staff, decided on ${dayWords(tx.now)} that your ${label} is ${what}: it does not count from now on.`,
            reasonCode === 'OTHER' ? '' : `The reason: ${decisionReasonWords(reasonCode)}.`,
            `In the verifier's words: ${reason}`,
            'Work that needs it waits; pay for work done stays due, and you can take it out.',
            'If this is wrong, or is mended: add evidence under Credentials and submit it again. Another verifier decides then.',
          ]
            .filter(Boolean)
            .join(' '),
          link: '/expert/credentials',
        },
      );
    });
  }
}
