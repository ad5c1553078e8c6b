import { Injectable } from '@nestjs/common';
import { checkOwners } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findLab, moveLab, replaceVetting } from '../lab.repository';

const Input = z.object({
  owners: z.array(z.object({ name: z.string().trim().max(200), shareBasisPoints: z.number() })).max(50),
  competitors: z.array(z.string().trim().min(1).max(200)).max(200),
  idempotencyKey: z.string(),
});

/** An owner of the lab corrects who owns it and whom it competes with. A refused lab is looked at again. */
@Injectable()
export class EditVetting {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { owners, competitors, idempotencyKey } = parseInput(Input, input);
    orRefuse(checkOwners(owners));
    await this.unitOfWork.run(person, { name: 'edit-vetting', idempotencyKey, input }, async (tx) => {
      const lab = await findLab(tx.db, person.labId ?? '');
      if (!lab) throw notFound('lab');
      await replaceVetting(
        tx.db,
        lab.id,
        owners.map((owner) => ({ ...owner, id: tx.newId() })),
        [...new Set(competitors)].map((name) => ({ id: tx.newId(), name })),
      );
      if (lab.state === 'REFUSED') await moveLab(tx.db, lab, { state: 'PENDING_VETTING' });
      tx.record({
        subjectType: 'lab',
        subjectId: lab.id,
        from: lab.state,
        to: lab.state === 'REFUSED' ? 'PENDING_VETTING' : lab.state,
        facts: { owners: owners.length, competitors: competitors.length },
        labId: lab.id,
      });
    });
  }
}
