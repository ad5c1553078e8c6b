import { Injectable } from '@nestjs/common';
import { conflictAnswer, organisationKey } from '@tallystick/domain';
import { conflictQuestions } from '@tallystick/matching';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  findExpertDocument,
  insertDeclarations,
  openingDocuments,
} from '../../eligibility/eligibility.public';
import { notify } from '../../notification/notification.public';
import { openingsWith } from '../../project/project.public';

const name = z.string().trim().min(1).max(200, 'at most 200 letters');
const Input = z.object({
  openingId: z.uuid(),
  organisation: name,
  belongsTo: z.array(name).max(10, 'at most 10 names'),
  words: z
    .string()
    .trim()
    .min(10, 'say in a sentence who owns it: at least 10 letters')
    .max(1000, 'at most 1000 letters'),
  idempotencyKey: z.string(),
});

/**
 * An expert declares who owns an organisation at which they work, where its name is like that of a competitor of a lab. Which competitor
 * it is they are not told. It is declared once for a lab; a person there may decide otherwise.
 */
@Injectable()
export class DeclareOwnership {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND, NOTHING_ASKED. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { idempotencyKey, openingId, ...given } = parseInput(Input, input);
    const expertId = person.expertId ?? '';
    // What a lab named as its competitors is not the expert's to see, and does not leave this transaction.
    const command = { name: 'declare-ownership', idempotencyKey, input, rows: 'both-sides' } as const;
    await this.unitOfWork.run(person, command, async (tx) => {
      const [published] = await openingsWith(tx.db, { ids: [openingId] });
      const expert = await findExpertDocument(tx.db, expertId, tx.now);
      const [opening] = await openingDocuments(tx.db, [openingId], tx.now);
      if (!published?.publishedAt || !expert || !opening) throw notFound('opening');
      const key = organisationKey(given.organisation);
      const asked = conflictQuestions(expert, opening).filter(
        ({ organisation }) => organisationKey(organisation) === key,
      );
      const [first] = asked;
      if (!first)
        throw new Refused(
          'NOTHING_ASKED',
          'Nothing is asked of this organisation, or you declared it before.',
        );
      const competitors = [...new Set(asked.flatMap((each) => each.competitors))];
      await store(tx, person, {
        ...{ expertId, openingId, labId: opening.labId, belongsTo: given.belongsTo, words: given.words },
        ...{ organisation: first.organisation, competitors },
      });
    });
  }
}

interface Declared {
  readonly expertId: string;
  readonly labId: string;
  readonly openingId: string;
  readonly organisation: string;
  readonly competitors: readonly string[];
  readonly belongsTo: readonly string[];
  readonly words: string;
}

async function store(tx: Tx, { accountId }: Person, { competitors, ...declared }: Declared): Promise<void> {
  const { expertId, labId, openingId, organisation, words } = declared;
  const rows = competitors.map((competitor) => ({
    ...{ ...declared, id: tx.newId(), competitor },
    answer: conflictAnswer(competitor, declared.belongsTo),
    ...{ declaredById: accountId, declaredAt: tx.now },
  }));
  await insertDeclarations(tx.db, rows);
  for (const { id, answer } of rows)
    tx.record({
      ...{ subjectType: 'conflict-declaration', subjectId: id, to: answer, facts: { openingId } },
      ...{ words: { organisation, words }, labId, expertId },
    });
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
  const waits = rows.some(({ answer }) => answer === 'UNSETTLED');
  await notify(
    tx,
    { labId, roles: ['OWNER', 'MANAGER'] },
    {
      kind: 'CONFLICT_DECLARED',
      title: waits ? 'A declared conflict waits for you' : 'An expert declared who owns where they work',
      body: `“${organisation}” is written like one of your competitors. ${waits ? 'What they declared settles nothing: decide whether it is a conflict.' : 'Look at what they declared; you may decide otherwise.'}`,
      link: '/lab/conflicts',
    },
  );
}
