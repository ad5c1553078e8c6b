import { Injectable } from '@nestjs/common';
import { CHOOSE_COUNTRY, checkOwners, isCountry } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, parseInput } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { labExists } from '../lab.errors';
import { actsForLab, insertLab, putMember, replaceVetting } from '../lab.repository';

/** What a lab says about itself, field by field. */
export const LAB_FIELDS = {
  name: z.string().trim().min(2, 'write the name of the lab').max(120),
  legalName: z.string().trim().min(2, 'write the legal name').max(200),
  website: z.url({ protocol: /^https?$/, error: 'write an address that begins with https://' }),
  country: z.string().refine(isCountry, CHOOSE_COUNTRY),
  owners: z.array(z.object({ name: z.string().trim().max(200), shareBasisPoints: z.number() })).max(50),
  competitors: z.array(z.string().trim().min(1).max(200)).max(200),
};
const Input = z.object({ ...LAB_FIELDS, website: LAB_FIELDS.website.nullish(), idempotencyKey: z.string() });

export type CreateLabInput = z.input<typeof Input>;

/** A signed-in person makes a lab and becomes its owner; staff vets it before it can publish. */
@Injectable()
export class CreateLab {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the lab's id. */
  async run(person: Person, input: CreateLabInput): Promise<string> {
    const lab = parseInput(Input, input);
    orRefuse(checkOwners(lab.owners));
    return this.unitOfWork.run(
      person,
      { name: 'create-lab', idempotencyKey: lab.idempotencyKey, input: lab, rows: 'both-sides' },
      (tx) => store(tx, person, lab),
    );
  }
}

async function store(tx: Tx, person: Person, lab: z.output<typeof Input>): Promise<string> {
  if (await actsForLab(tx.db, person.accountId)) throw labExists();
  const id = tx.newId();
  await insertLab(tx.db, {
    id,
    name: lab.name,
    legalName: lab.legalName,
    website: lab.website ?? null,
    country: lab.country,
    state: 'PENDING_VETTING',
    createdAt: tx.now,
  });
  const named = (name: string) => ({ id: tx.newId(), name });
  await replaceVetting(
    tx.db,
    id,
    lab.owners.map((owner) => ({ ...owner, id: tx.newId() })),
    [...new Set(lab.competitors)].map(named),
  );
  await putMember(tx.db, {
    id: tx.newId(),
    labId: id,
    accountId: person.accountId,
    role: 'OWNER',
    createdAt: tx.now,
  });
  tx.record({
    subjectType: 'lab',
    subjectId: id,
    to: 'PENDING_VETTING',
    facts: { owners: lab.owners.length, competitors: lab.competitors.length },
    words: { name: lab.name, legalName: lab.legalName },
    labId: id,
  });
  await notify(
    tx,
    { staff: 'TRUST' },
    {
      kind: 'LAB_WAITS',
      title: 'A lab waits to be vetted',
      body: `${lab.name} named its owners and competitors and waits to be vetted.`,
      link: `/admin/labs/${id}`,
    },
  );
  return id;
}
