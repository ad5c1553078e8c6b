import { Injectable } from '@nestjs/common';
import { formMisfit, TAX_FORMS, taxFormEnd } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { askGatesSoon } from '../ask-gates-soon';
import { insertTaxForm } from '../tax-form.repository';

const Input = z.object({
  kind: z.enum(['W9', 'W8BEN']),
  signedName: z.string().trim().min(1, 'Write your name as your signature.').max(200),
  isUnderPerjury: z.boolean(),
});

/** An expert states and signs a tax form, as the last act under the paper form's wording. Only its kind and dates are kept. */
@Injectable()
export class SignTaxForm {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What waits for the form is looked at again at once. Refuses with NOT_CERTIFIED, OTHER_NAME, OTHER_FORM. */
  async run(person: Person, given: z.input<typeof Input>): Promise<void> {
    const { kind, signedName, isUnderPerjury } = parseInput(Input, given);
    const { expertId } = person;
    if (expertId === undefined) throw notFound('profile');
    if (!isUnderPerjury)
      throw new Refused('NOT_CERTIFIED', 'Read the statement and tick that you certify it.', {
        field: 'isUnderPerjury',
      });
    await this.unitOfWork.run(person, { name: 'sign-tax-form' }, async (tx) => {
      const expert = await findExpert(tx.db, expertId);
      if (!expert) throw notFound('profile');
      if (plain(signedName) !== plain(expert.displayName)) {
        const message = `Sign with the name of your profile: ${expert.displayName}.`;
        throw new Refused('OTHER_NAME', message, { field: 'signedName' });
      }
      const misfit = formMisfit(kind, expert.country);
      if (misfit) throw new Refused('OTHER_FORM', misfit, { field: 'kind' });
      const id = tx.newId();
      const expiresOn = taxFormEnd(kind, tx.now);
      const wordingSha256 = sha256(TAX_FORMS[kind].certification.join('\n')).toString('hex');
      const { country } = expert;
      await insertTaxForm(tx.db, { id, expertId, kind, country, wordingSha256, signedAt: tx.now, expiresOn });
      const facts = { kind, country, wordingSha256, expiresOn };
      tx.record({ subjectType: 'tax-form', subjectId: id, to: 'SIGNED', facts, expertId });
      askGatesSoon(tx, expertId);
    });
  }
}

function plain(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');
}
