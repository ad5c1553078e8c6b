import { organisationKey } from '@tallystick/domain';
import type { CredentialFact, OpeningDocument, RequiredCredential } from '../documents';

/** Every key under which a credential may be asked for: its kind, with and without place and issuer. */
export function credentialKeys({
  type,
  jurisdiction,
  issuer,
}: Pick<CredentialFact, 'type' | 'jurisdiction' | 'issuer'>): string[] {
  const places = jurisdiction ? ['', jurisdiction] : [''];
  const issuers = issuer ? ['', organisationKey(issuer)] : [''];
  return [...new Set(places.flatMap((place) => issuers.map((from) => keyOf(type, place, from))))];
}

/** The keys of a credential that an opening requires: any of them will do. */
export function requiredKeys({ type, jurisdiction, issuers }: RequiredCredential): string[] {
  const from = issuers?.length ? issuers.map(organisationKey) : [''];
  return from.map((issuer) => keyOf(type, jurisdiction ?? '', issuer)).sort();
}

/** The keys of each credential that is wanted, any of which will do; what is wanted twice counts once. */
export function wantedKeys({ credentials = [] }: OpeningDocument): string[][] {
  const wanted = new Map(
    credentials.map((required) => {
      const keys = requiredKeys(required);
      return [keys.join('\n'), keys] as const;
    }),
  );
  return [...wanted.values()];
}

function keyOf(type: string, place: string, issuer: string): string {
  return `${type} ${place} ${issuer}`;
}
