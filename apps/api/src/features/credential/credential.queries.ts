import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { Storage } from '../../platform/storage/storage';
import {
  countWaiting,
  credentialsOf,
  evidenceOf,
  findCredential,
  findEvidence,
  listWaiting,
  verificationsOf,
  type CredentialRecord,
  type EvidenceFile,
  type VerificationRecord,
} from './credential.repository';
import { seenHashOf } from './use-cases/decide-credential';

export interface CredentialCase extends CredentialRecord {
  readonly evidence: EvidenceFile[];
  readonly verifications: VerificationRecord[];
  readonly seenHash: string;
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
        cases.push(await caseOf(db, credential));
      return cases;
    });
  }

  /** A claim beside its evidence: for its expert and for verifiers. */
  async one(person: Person, id: string): Promise<CredentialCase> {
    if (!isId(id)) throw notFound('credential');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const credential = await findCredential(db, id);
      if (!credential || !maySee(person, credential)) throw notFound('credential');
      return caseOf(db, credential);
    });
  }

  /** What waits for a verifier; their own claims are left out. */
  async waiting(
    person: Person,
    filter: { type?: string },
    args: PageArgs,
  ): Promise<Connection<CredentialRecord>> {
    const page = pageOf(args);
    const wanted = { ...filter, notOf: person.expertId };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listWaiting(db, wanted, page.limit + 1, page.after),
        await countWaiting(db, wanted),
        (row) => [row.submittedAt?.toISOString() ?? '', row.id],
        (row) => row,
      ),
    );
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
  credential: CredentialRecord,
): Promise<CredentialCase> {
  const evidence = await evidenceOf(db, credential.id);
  return {
    ...credential,
    evidence,
    verifications: await verificationsOf(db, credential.id),
    seenHash: seenHashOf(credential, evidence),
  };
}

function maySee(person: Person, row: { expertId: string }): boolean {
  return (
    row.expertId === person.expertId ||
    person.staffRoles.some((role) => role === 'VERIFIER' || role === 'ADMIN')
  );
}
