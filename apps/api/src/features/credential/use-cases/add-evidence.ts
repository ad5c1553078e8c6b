import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { notFound, Refused } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import { RateLimits } from '../../../platform/limits/rate-limits';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { Storage } from '../../../platform/storage/storage';
import { evidenceOf, findCredential, insertEvidence } from '../credential.repository';

/** What may be uploaded, and how such a file begins. */
const BEGINNINGS: Record<string, readonly number[]> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46],
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
};
const MOST_FILES = 5;

/** An expert adds a file as evidence to a claim that is not decided yet. */
@Injectable()
export class AddEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storage: Storage,
    private readonly ids: Ids,
    private readonly limits: RateLimits,
  ) {}

  async run(
    person: Person,
    credentialId: string,
    file: { name: string; mediaType: string; bytes: Buffer },
  ): Promise<string> {
    await this.limits.count('upload', person.accountId);
    const beginning = BEGINNINGS[file.mediaType];
    if (!beginning?.every((byte, index) => file.bytes[index] === byte))
      throw new Refused(
        'FILE_KIND',
        'Evidence is a PDF, PNG or JPEG file, and its content must be what its name says.',
        { field: 'file' },
      );
    const id = this.ids.next();
    const storageKey = `credential-evidence/${id}`;
    await this.storage.put(storageKey, file.bytes);
    await this.unitOfWork.run(person, { name: 'add-evidence' }, async (tx) => {
      const credential = await findCredential(tx.db, credentialId);
      if (credential?.expertId !== person.expertId) throw notFound('credential');
      if (credential?.state !== 'DRAFT' && credential?.state !== 'REJECTED')
        throw new Refused(
          'STATE_CHANGED',
          'Evidence can be added before a claim is submitted, or after it was rejected.',
        );
      if ((await evidenceOf(tx.db, credentialId)).length >= MOST_FILES)
        throw new Refused('TOO_MANY_FILES', `At most ${MOST_FILES} files for one claim.`, { field: 'file' });
      const hash = sha256(file.bytes).toString('hex');
      const fileName = file.name.replace(/[^\p{L}\p{N}. _-]/gu, '_').slice(0, 120) || 'evidence';
      await insertEvidence(tx.db, {
        id,
        credentialId,
        expertId: credential.expertId,
        fileName,
        mediaType: file.mediaType,
        sizeBytes: file.bytes.length,
        sha256: hash,
        storageKey,
        uploadedAt: tx.now,
      });
      tx.record({
        subjectType: 'credential',
        subjectId: credentialId,
        facts: { evidence: hash, sizeBytes: file.bytes.length },
        expertId: credential.expertId,
      });
    });
    return id;
  }
}
