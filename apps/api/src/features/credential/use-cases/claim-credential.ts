import { Injectable } from '@nestjs/common';
import {
  checkCredentialClaim,
  checkNotLapsed,
  CREDENTIAL_TYPES,
  credentialMachine,
  isCredentialType,
  move,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import {
  insertCredential,
  insertVerification,
  lockCredential,
  moveCredential,
  verificationsOf,
} from '../credential.repository';

const Input = z.object({
  type: z.string(),
  claim: z.array(z.object({ name: z.string().max(40), value: z.string().max(400) })).max(20),
  idempotencyKey: z.string(),
});

/** An expert claims a credential; its form is checked at once, people verify it. */
@Injectable()
export class ClaimCredential {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Checks the form, keeps the claim with the check. Returns its id. */
  async add(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { type, claim: given, idempotencyKey } = parseInput(Input, input);
    if (!isCredentialType(type))
      throw new Refused('CREDENTIAL_TYPE_UNKNOWN', 'Choose a kind of credential from the list.', {
        field: 'type',
      });
    const checked = orRefuse(
      checkCredentialClaim(type, Object.fromEntries(given.map(({ name, value }) => [name, value]))),
    );
    const expertId = person.expertId ?? '';
    return this.unitOfWork.run(person, { name: 'add-credential', idempotencyKey, input }, async (tx) => {
      const id = tx.newId();
      const expiresOn = orRefuse(
        checkNotLapsed(checked.expiresOn ? new Date(checked.expiresOn) : null, tx.now),
      );
      await insertCredential(tx.db, {
        id,
        expertId,
        type,
        claim: checked.claim,
        jurisdiction: checked.jurisdiction,
        state: 'DRAFT',
        expiresOn,
        createdAt: tx.now,
      });
      const reason = 'The form of the claim is right; its truth is verified by people.';
      await insertVerification(tx.db, {
        id: tx.newId(),
        credentialId: id,
        expertId,
        method: 'FORMAT_CHECK',
        outcome: 'PASS',
        reason,
        reasonCode: null,
        verifierId: null,
        seenHash: null,
        decidedAt: tx.now,
      });
      tx.record({
        subjectType: 'credential',
        subjectId: id,
        to: 'DRAFT',
        facts: { type, formatCheck: 'PASS' },
        words: checked.claim,
        expertId,
      });
      return id;
    });
  }

  /** Submits, appeals or withdraws. */
  async change(person: Person, credentialId: string, event: 'SUBMIT' | 'APPEAL' | 'WITHDRAW'): Promise<void> {
    const expertId = person.expertId ?? '';
    if (!isId(credentialId)) throw notFound('credential');
    await this.unitOfWork.run(person, { name: `${event.toLowerCase()}-credential` }, async (tx) => {
      const credential = await lockCredential(tx.db, credentialId);
      if (credential?.expertId !== expertId) throw notFound('credential');
      if (event !== 'WITHDRAW') orRefuse(checkNotLapsed(credential.expiresOn, tx.now));
      const state = orRefuse(move(credentialMachine, credential.state, event));
      const isMoved = await moveCredential(tx.db, credential, {
        state,
        ...(state === 'SUBMITTED' && { submittedAt: tx.now }),
      });
      if (!isMoved)
        throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
      tx.record({
        subjectType: 'credential',
        subjectId: credentialId,
        from: credential.state,
        to: state,
        expertId,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
      if (state !== 'SUBMITTED') return;
      const label = CREDENTIAL_TYPES[credential.type].label;
      const isAppeal =
        event === 'APPEAL' ||
        (await verificationsOf(tx.db, credentialId)).some(({ outcome }) =>
          ['REJECT', 'SUSPEND', 'REVOKE'].includes(outcome),
        );
      await notify(
        tx,
        { staff: 'VERIFIER' },
        {
          kind: 'CREDENTIAL_WAITS',
          title: `A ${label} waits for you`,
          body: isAppeal
            ? 'It is an appeal: somebody who did not decide before looks at it.'
            : 'Compare the claim with its evidence and decide.',
          link: `/admin/verification/${credentialId}`,
        },
      );
    });
  }
}
