import { CREDENTIAL_TYPES, type CredentialType, type CredentialTypeCode } from '@tallystick/domain';
import { graphql } from '../../gql';
import type { OwnCredentialsQuery } from '../../gql/graphql';

export const OwnCredentials = graphql(`
  query OwnCredentials {
    myCredentials {
      id
      type
      state
      jurisdiction
      expiresOn
      createdAt
      submittedAt
      verifiedAt
      claim {
        name
        value
      }
      evidence {
        id
        fileName
        sizeBytes
      }
      verifications {
        id
        method
        outcome
        reason
        decidedAt
      }
    }
  }
`);

export type OwnCredential = OwnCredentialsQuery['myCredentials'][number];

const SOON_MS = 60 * 86_400_000;

/** What can be said of a kind of credential. */
export const typeOf = (code: string): CredentialType => CREDENTIAL_TYPES[code as CredentialTypeCode];

/** The label of a field of a claim. */
export const labelOf = (code: string, name: string) =>
  typeOf(code).fields.find((each) => each.name === name)?.label ?? name;

/** True for a verified credential in its last 60 days. */
export function isEndingSoon({ state, expiresOn }: OwnCredential): boolean {
  if (state === 'EXPIRING') return true;
  return state === 'VERIFIED' && !!expiresOn && Date.parse(expiresOn) - Date.now() < SOON_MS;
}
