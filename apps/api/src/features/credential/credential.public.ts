export { credentialsOf, type CredentialRecord } from './credential.repository';
export { ClaimCredential } from './use-cases/claim-credential';
export { DecideCredential } from './use-cases/decide-credential';
export { CredentialQueries } from './credential.queries';
