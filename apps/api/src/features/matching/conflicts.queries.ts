import { Injectable } from '@nestjs/common';
import { organisationKey, type ConflictStanding } from '@tallystick/domain';
import { conflictQuestions } from '@tallystick/matching';
import { system, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import type { Db } from '../../platform/prisma/database';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countDeclarations,
  findExpertDocument,
  listDeclarations,
  newestDecisions,
  openingDocuments,
  openingIdsThatMayAsk,
  type DeclarationRecord,
  type DecisionRecord,
} from '../eligibility/eligibility.public';
import { findExperts } from '../expert/expert.public';
import { findLabs } from '../lab/lab.public';

/** As many as an expert's page shows. */
const MOST = 200;

/** A declaration with names, and with what was decided on it. */
export interface NamedDeclaration extends Omit<DeclarationRecord, 'competitor'> {
  readonly labName: string;
  readonly expertName: string;
  readonly standing: ConflictStanding;
  /** Null where the reader is the expert. */
  readonly competitor: string | null;
  readonly decision: (Omit<DecisionRecord, 'decidedById'> & { readonly decidedByName: string | null }) | null;
}

/** What pages show of declared conflicts. */
@Injectable()
export class ConflictsQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What labs ask the person and what they declared. The questions are made of the labs' competitors, which leave this query by no word. */
  async mine(person: Person) {
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(system('conflicts'), async ({ db, now }) => {
      const expert = isId(expertId) ? await findExpertDocument(db, expertId, now) : undefined;
      if (!expert) throw notFound('profile');
      const openings = await openingDocuments(db, await openingIdsThatMayAsk(db, expertId), now);
      const labNames = await namesOfLabs(db, openings);
      const questions = openings.flatMap((opening) =>
        conflictQuestions(expert, opening).map(({ organisation }) => ({
          ...{ openingId: opening.id, labId: opening.labId, organisation },
          labName: labNames.get(opening.labId) ?? '',
        })),
      );
      const once = new Map(
        questions.map((each) => [`${each.labId} ${organisationKey(each.organisation)}`, each]),
      );
      const declared = await listDeclarations(db, { expertId }, MOST);
      return {
        questions: [...once.values()].slice(0, MOST),
        declarations: (await named(db, declared)).map(forExpert),
      };
    });
  }

  /** What experts declared to the person's lab, the newest first. */
  async ofLab(person: Person, args: PageArgs): Promise<Connection<NamedDeclaration>> {
    const page = pageOf(args);
    const filter = { labId: person.labId ?? '' };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await named(db, await listDeclarations(db, filter, page.limit + 1, page.after)),
        await countDeclarations(db, filter),
        (row) => [row.declaredAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }
}

/** The expert is told neither which competitor it was, nor which person decided. */
function forExpert(row: NamedDeclaration): NamedDeclaration {
  return { ...row, competitor: null, decision: row.decision && { ...row.decision, decidedByName: null } };
}

async function named(db: Db, rows: readonly DeclarationRecord[]): Promise<NamedDeclaration[]> {
  const decisions = await newestDecisions(
    db,
    rows.map(({ id }) => id),
  );
  const experts = await findExperts(db, [...new Set(rows.map(({ expertId }) => expertId))]);
  const expertNames = new Map(experts.map(({ id, displayName }) => [id, displayName]));
  const labNames = await namesOfLabs(db, rows);
  return rows.map((row) => {
    const decision = decisions.get(row.id) ?? null;
    return {
      ...row,
      labName: labNames.get(row.labId) ?? '',
      expertName: expertNames.get(row.expertId) ?? '',
      standing: decision ? (decision.isConflict ? 'RAISED' : 'CLEARED') : row.answer,
      decision,
    };
  });
}

async function namesOfLabs(
  db: Db,
  rows: readonly { readonly labId: string }[],
): Promise<Map<string, string>> {
  const labs = await findLabs(db, [...new Set(rows.map(({ labId }) => labId))]);
  return new Map(labs.map(({ id, name }) => [id, name]));
}
