import { Module } from '@nestjs/common';
import { CredentialController } from './credential.controller';
import { CredentialJobs } from './credential.jobs';
import { CredentialQueries } from './credential.queries';
import { CredentialResolver } from './credential.resolver';
import { AddEvidence } from './use-cases/add-evidence';
import { ClaimCredential } from './use-cases/claim-credential';
import { DecideCredential } from './use-cases/decide-credential';
import { ExpireCredentials } from './use-cases/expire-credentials';
import { StopCredential } from './use-cases/stop-credential';

@Module({
  controllers: [CredentialController],
  providers: [
    CredentialResolver,
    CredentialQueries,
    CredentialJobs,
    AddEvidence,
    ClaimCredential,
    DecideCredential,
    ExpireCredentials,
    StopCredential,
  ],
  exports: [CredentialQueries, ClaimCredential, DecideCredential],
})
export class CredentialModule {}
