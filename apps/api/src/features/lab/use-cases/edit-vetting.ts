import { Injectable } from '@nestjs/common';
import { checkOwners } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { changedMeanwhile } from '../lab.errors';
import { lockLab, moveLab, replaceVetting } from '../lab.repository';
import { LAB_FIELDS } from './create-lab';

const { name, legalName, website, country, owners, competitors } = LAB_FIELDS;
const Input = z.object({
  name: name.nullish(),
  legalName: legalName.nullish(),
  website: z.union([website, z.literal('')]).nullish(),
  country: country.nullish(),
  owners,
  competitors,
  idempotencyKey: z.string(),
});

/**
 * An owner of the lab corrects what it said about itself: who owns it, whom it competes with, its names. A refused lab
 * is looked at again; a vetted one stays vetted, and staff hears of it.
 */
@Injectable()
export class EditVetting {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { idempotencyKey, ...changes } = parseInput(Input, input);
    orRefuse(checkOwners(changes.owners));
    await this.unitOfWork.run(person, { name: 'edit-vetting', idempotencyKey, input }, (tx) =>
      store(tx, person.labId ?? '', changes),
    );
  }
}

async function store(
  tx: Tx,
  labId: string,
  changes: Omit<z.output<typeof Input>, 'idempotencyKey'>,
): Promise<void> {
  const lab = await lockLab(tx.db, labId);
  if (!lab) throw notFound('lab');
  await replaceVetting(
    tx.db,
    lab.id,
    changes.owners.map((owner) => ({ ...owner, id: tx.newId() })),
    [...new Set(changes.competitors)].map((each) => ({ id: tx.newId(), name: each })),
  );
  const state = lab.state === 'REFUSED' ? 'PENDING_VETTING' : lab.state;
  const own = {
    name: changes.name ?? lab.name,
    legalName: changes.legalName ?? lab.legalName,
    website: (changes.website ?? lab.website) || null,
    country: changes.country ?? lab.country,
  };
  if (!(await moveLab(tx.db, lab, { ...own, state }))) throw changedMeanwhile();
  tx.record({
    subjectType: 'lab',
    subjectId: lab.id,
    from: lab.state,
    to: state,
    facts: { owners: changes.owners.length, competitors: changes.competitors.length },
    words: { name: own.name, legalName: own.legalName },
    labId: lab.id,
  });
  // Whom its conflicts stop is another question now.
  tx.enqueue({ queue: 'matching', name: 'lab-changed', payload: { labId: lab.id } });
  if (lab.state !== 'REFUSED' && lab.state !== 'VETTED') return;
  const isAgain = lab.state === 'REFUSED';
  await notify(
    tx,
    { staff: 'TRUST' },
    {
      kind: isAgain ? 'LAB_WAITS' : 'LAB_CHANGED',
      title: isAgain ? 'A lab waits to be vetted again' : 'A vetted lab changed what it says about itself',
      body: `${own.name} corrected its owners or competitors.`,
      link: `/admin/labs/${lab.id}`,
    },
  );
}
