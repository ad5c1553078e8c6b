import { Injectable } from '@nestjs/common';
import { CREDENTIAL_TYPES, credentialMachine, move } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { lockCredential, moveCredential } from '../credential.repository';

const Input = z.object({
  credentialId: z.uuid(),
  event: z.enum(['SUSPEND', 'REVOKE']),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the expert reads it').max(2000),
  idempotencyKey: z.string(),
});

/** A verifier stops a credential that no longer holds at its source. Pay for work done stays due. */
@Injectable()
export class StopCredential {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND, OWN_CREDENTIAL, STATE_CHANGED, CHANGED_MEANWHILE. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { credentialId, event, reason, idempotencyKey } = parseInput(Input, input);
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
      tx.record({
        subjectType: 'credential',
        subjectId: credentialId,
        from: credential.state,
        to: state,
        words: { reason },
        expertId,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
      const said = state === 'REVOKED' ? 'was revoked' : 'is suspended';
      await notify(
        tx,
        { expertId },
        {
          kind: 'CREDENTIAL_STOPPED',
          title: `${CREDENTIAL_TYPES[type].label} ${said}`,
          body: `The reason: ${reason} Submit it again when this is mended; pay for work done stays due.`,
          link: '/expert/credentials',
        },
      );
    });
  }
}
