import { Injectable } from '@nestjs/common';
import { CREDENTIAL_STATE_WORDS, isCredentialType, uniquePartsOf } from '@tallystick/domain';
import type { Actor, Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { Storage } from '../../platform/storage/storage';
import {
  claimsWithPart,
  countQueue,
  credentialsOf,
  evidenceOf,
  findCredential,
  findEvidence,
  listQueue,
  provenOf,
  verificationsOf,
  type CredentialRecord,
  type EvidenceFile,
  type VerificationRecord,
} from './credential.repository';
import { seenHashOf } from './use-cases/decide-credential';

const WAITING = ['SUBMITTED', 'IN_REVIEW'];
const STATES = Object.keys(CREDENTIAL_STATE_WORDS);

export interface CredentialCase extends CredentialRecord {
  readonly evidence: EvidenceFile[];
  readonly verifications: (VerificationRecord & { isOwn: boolean })[];
  readonly seenHash: string;
}

/** A claim as a verifier sees it: beside what else there is of this person, and whoever claims the same. */
export interface CaseToDecide extends CredentialCase {
  readonly alsoOfExpert: CredentialRecord[];
  readonly sameOfOthers: CredentialRecord[];
}

/** What credential pages show. */
@Injectable()
export class CredentialQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storage: Storage,
  ) {}

  /** One's own credentials with every step. */
  async mine(person: Person): Promise<CredentialCase[]> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const cases: CredentialCase[] = [];
      for (const credential of await credentialsOf(db, [person.expertId ?? '']))
        cases.push(await caseOf(db, person, credential));
      return cases;
    });
  }

  /** A claim beside its evidence: for its expert and for verifiers. */
  async one(person: Person, id: string): Promise<CredentialCase> {
    if (!isId(id)) throw notFound('credential');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const credential = await findCredential(db, id);
      if (!credential || !maySee(person, credential)) throw notFound('credential');
      return caseOf(db, person, credential);
    });
  }

  /** The person's other claims, and claims of others that name the same number: for verifiers only. */
  async beside(person: Person, id: string): Promise<Pick<CaseToDecide, 'alsoOfExpert' | 'sameOfOthers'>> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const credential = await findCredential(db, id);
      if (!credential || !isVerifier(person)) throw notFound('credential');
      const all = await credentialsOf(db, [credential.expertId]);
      return {
        alsoOfExpert: all.filter((other) => other.id !== id && other.state !== 'DRAFT'),
        sameOfOthers: await claimsWithPart(db, credential, uniquePartsOf(credential.claim)),
      };
    });
  }

  /** What waits for a verifier, or was in another state submitted; their own claims are left out. */
  async waiting(
    person: Person,
    filter: { type?: string; state?: string; search?: string },
    args: PageArgs,
  ): Promise<Connection<CredentialRecord>> {
    const page = pageOf(args);
    if (filter.type && !isCredentialType(filter.type))
      throw new Refused('INVALID_INPUT', 'type: choose a kind of credential from the list.', {
        field: 'type',
      });
    if (filter.state && !STATES.includes(filter.state))
      throw new Refused('INVALID_INPUT', 'state: choose a state from the list.', { field: 'state' });
    const wanted = {
      type: filter.type,
      states: filter.state ? [filter.state] : WAITING,
      search: filter.search?.trim().slice(0, 120),
      notOf: person.expertId,
    };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listQueue(db, wanted, page.limit + 1, page.after),
        await countQueue(db, wanted),
        (row) => [row.submittedAt?.toISOString() ?? '', row.id],
        (row) => row,
      ),
    );
  }

  /** What of experts is proven, as labs see it: without what the claim says. */
  async proven(actor: Actor, expertIds: readonly string[]): Promise<CredentialRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => provenOf(db, expertIds));
  }

  /** Refuses whoever may not add a file to a claim, before anything of the file is kept. */
  async checkOwn(person: Person, id: string): Promise<void> {
    const credential = isId(id)
      ? await this.unitOfWork.readAs(person, ({ db }) => findCredential(db, id))
      : null;
    if (!credential || credential.expertId !== person.expertId) throw notFound('credential');
  }

  /** The bytes of an evidence file, for its expert and for verifiers. */
  async file(person: Person, evidenceId: string): Promise<{ file: EvidenceFile; bytes: Buffer }> {
    if (!isId(evidenceId)) throw notFound('file');
    const file = await this.unitOfWork.readAs(person, async ({ db }) => {
      const found = await findEvidence(db, evidenceId);
      if (!found || !maySee(person, found)) throw notFound('file');
      return found;
    });
    return { file, bytes: await this.storage.get(file.storageKey) };
  }
}

async function caseOf(
  db: Parameters<typeof evidenceOf>[0],
  person: Person,
  credential: CredentialRecord,
): Promise<CredentialCase> {
  const evidence = await evidenceOf(db, credential.id);
  return {
    ...credential,
    evidence,
    verifications: (await verificationsOf(db, credential.id)).map((each) => ({
      ...each,
      isOwn: each.verifierId === person.accountId,
    })),
    seenHash: seenHashOf(credential, evidence),
  };
}

function maySee(person: Person, row: { expertId: string }): boolean {
  return row.expertId === person.expertId || isVerifier(person);
}

const isVerifier = ({ staffRoles }: Person) =>
  staffRoles.some((role) => role === 'VERIFIER' || role === 'ADMIN');
