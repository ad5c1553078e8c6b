import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'One field of a claim.' })
export class ClaimValue {
  @Field(() => String, { description: 'Name of the field.' })
  name: string;

  @Field(() => String, { description: 'What was claimed.' })
  value: string;
}

@ObjectType({ description: 'A file given as evidence; fetched at /files/credential-evidence/ID.' })
export class CredentialEvidence {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Name of the file.' })
  fileName: string;

  @Field(() => String, { description: 'application/pdf, image/png or image/jpeg.' })
  mediaType: string;

  @Field(() => Date, { description: 'When it was uploaded (UTC).' })
  uploadedAt: Date;

  @Field(() => Int, { description: 'Size in bytes.' })
  sizeBytes: number;

  @Field(() => String, { description: 'SHA-256 of its content, hex.' })
  sha256: string;
}

@ObjectType({ description: 'One attempt to check a credential.' })
export class Verification {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'FORMAT_CHECK or HUMAN_REVIEW.' })
  method: string;

  @Field(() => String, { description: 'PASS, FAIL, APPROVE, REJECT, SUSPEND or REVOKE.' })
  outcome: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why, as a code, e.g. REGISTER_MATCHES; null for a check by rule.',
  })
  reasonCode: string | null;

  @Field(() => Boolean, { description: 'Whether the reader decided it.' })
  isOwn: boolean;

  @Field(() => Date, { description: 'When (UTC).' })
  decidedAt: Date;
}

@ObjectType({ description: 'A claim: licence, degree, certification, language, employment, identity.' })
export class Credential {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Whose it is.' })
  expertId: string;

  @Field(() => String, { description: 'Code of the kind, e.g. US_MEDICAL_LICENSE.' })
  type: string;

  @Field(() => String, { nullable: true, description: 'Where it holds, e.g. US-CA.' })
  jurisdiction: string | null;

  @Field(() => String, {
    description:
      'DRAFT, SUBMITTED, IN_REVIEW, VERIFIED, EXPIRING, EXPIRED, SUSPENDED, REVOKED, REJECTED or WITHDRAWN.',
  })
  state: string;

  @Field(() => Date, { nullable: true, description: 'Last day on which it is valid.' })
  expiresOn: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was submitted (UTC).' })
  submittedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was verified (UTC).' })
  verifiedAt: Date | null;

  @Field(() => Date, { description: 'When it was claimed (UTC).' })
  createdAt: Date;
}

@ObjectType({ description: 'A claim beside its evidence, with every step.' })
export class CredentialCase extends Credential {
  @Field(() => [ClaimValue], { description: 'What was claimed.' })
  claim: ClaimValue[];

  @Field(() => [CredentialEvidence], { description: 'Files.' })
  evidence: CredentialEvidence[];

  @Field(() => [Verification], { description: 'Every attempt to check it, oldest first.' })
  verifications: Verification[];

  @Field(() => String, { description: 'Hash of claim and evidence; a decision names it.' })
  seenHash: string;
}

@ObjectType({ description: 'A claim as a verifier sees it.' })
export class CredentialToVerify extends CredentialCase {
  @Field(() => [Credential], {
    description: 'Other claims of this person that were submitted, newest first.',
  })
  alsoOfExpert: Credential[];

  @Field(() => [Credential], {
    description:
      'Submitted claims of other people that name the same number (NPI, ORCID iD, licence of a state, number of an issuer), newest first. One number belongs to one person: look before you decide.',
  })
  sameOfOthers: Credential[];
}

@InputType({ description: 'One field of a claim.' })
export class ClaimValueInput {
  @Field(() => String, { description: 'Name of the field.' })
  name: string;

  @Field(() => String, { description: 'What is claimed.' })
  value: string;
}

@InputType({ description: 'A claim.' })
export class AddCredentialInput {
  @Field(() => String, { description: 'Code of the kind.' })
  type: string;

  @Field(() => [ClaimValueInput], { description: 'Its fields.' })
  claim: ClaimValueInput[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: "A verifier's decision." })
export class DecideCredentialInput {
  @Field(() => ID, { description: 'The credential.' })
  credentialId: string;

  @Field(() => String, { description: 'APPROVE or REJECT.' })
  outcome: 'APPROVE' | 'REJECT';

  @Field(() => String, { description: 'At least 10 characters; the expert reads it.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the reason, e.g. NOT_IN_REGISTER; OTHER where it is left out.',
  })
  reasonCode?: string;

  @Field(() => String, { description: 'Hash of what was seen.' })
  seenHash: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A verifier stops a proven credential.' })
export class StopCredentialInput {
  @Field(() => ID, { description: 'The credential.' })
  credentialId: string;

  @Field(() => String, {
    description: 'SUSPEND (it may hold again), or REVOKE (it takes a new verification).',
  })
  event: 'SUSPEND' | 'REVOKE';

  @Field(() => String, { description: 'At least 10 characters; the expert reads it.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the reason, e.g. SUSPENDED_AT_SOURCE; OTHER where it is left out.',
  })
  reasonCode?: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

export const CredentialConnection = connectionOf(Credential);
