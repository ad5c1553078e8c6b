import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { notFound, Refused } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import { RateLimits } from '../../../platform/limits/rate-limits';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { Storage } from '../../../platform/storage/storage';
import { evidenceOf, insertEvidence, lockCredential } from '../credential.repository';

/** What may be uploaded, and how such a file begins. */
const BEGINNINGS = new Map<string, readonly number[]>([
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]);
const MOST_FILES = 5;
const TAKES_EVIDENCE = ['DRAFT', 'REJECTED', 'SUSPENDED', 'REVOKED'];

/** A file as it was uploaded. */
export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** An expert adds a file as evidence to a claim that is not decided yet. */
@Injectable()
export class AddEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storage: Storage,
    private readonly ids: Ids,
    private readonly limits: RateLimits,
  ) {}

  /** Returns the id of the file. The bytes are stored first and forgotten where the claim does not take them. */
  async run(person: Person, credentialId: string, file: Upload): Promise<string> {
    await this.limits.count('upload', person.accountId);
    const beginning = BEGINNINGS.get(file.mediaType);
    if (!beginning?.every((byte, index) => file.bytes[index] === byte))
      throw new Refused(
        'FILE_KIND',
        'Evidence is a PDF, PNG or JPEG file, and its content must be what its name says.',
        { field: 'file' },
      );
    const id = this.ids.next();
    const storageKey = `credential-evidence/${id}`;
    await this.storage.put(storageKey, file.bytes);
    try {
      await this.unitOfWork.run(person, { name: 'add-evidence' }, (tx) =>
        store(tx, person, credentialId, { ...file, id, storageKey }),
      );
    } catch (error) {
      await this.storage.remove(storageKey);
      throw error;
    }
    return id;
  }
}

async function store(
  tx: Tx,
  person: Person,
  credentialId: string,
  file: Upload & { id: string; storageKey: string },
): Promise<void> {
  const credential = await lockCredential(tx.db, credentialId);
  if (!credential || credential.expertId !== person.expertId) throw notFound('credential');
  if (!TAKES_EVIDENCE.includes(credential.state))
    throw new Refused(
      'STATE_CHANGED',
      'Evidence can be added before a claim is submitted, or after it was rejected, suspended or revoked.',
    );
  if ((await evidenceOf(tx.db, credentialId)).length >= MOST_FILES)
    throw new Refused('TOO_MANY_FILES', `At most ${MOST_FILES} files for one claim.`, { field: 'file' });
  const hash = sha256(file.bytes).toString('hex');
  await insertEvidence(tx.db, {
    id: file.id,
    credentialId,
    expertId: credential.expertId,
    fileName: file.name.replace(/[^\p{L}\p{N}. _-]/gu, '_').slice(0, 120) || 'evidence',
    mediaType: file.mediaType,
    sizeBytes: file.bytes.length,
    sha256: hash,
    storageKey: file.storageKey,
    uploadedAt: tx.now,
  });
  tx.record({
    subjectType: 'credential',
    subjectId: credentialId,
    facts: { evidence: hash, sizeBytes: file.bytes.length },
    expertId: credential.expertId,
  });
}
