import { dayWords, isProvenUntil, organisationKey } from '@tallystick/domain';
import type { CredentialFact, ExpertDocument, OpeningDocument, RequiredCredential } from '../documents';
import { pass, stop, type Gate, type GateOf } from './gate';

const NO_DAY = new Date(0);
const DAY_MS = 86_400_000;

/** Each credential that is required: of its kind, from an accepted issuer, where it must hold, verified, on every day of the work. */
export function credentialGates({ credentials = [], lastDay = NO_DAY }: OpeningDocument): GateOf[] {
  return credentials.map((required) => {
    const kind = kindOf(required);
    const name = nameOf(required);
    return ({ credentials: held = [] }) => credential(held.filter(kind), name, lastDay);
  });
}

/**
 * The instant from which a required credential does not last until the end of the work any more, since work that has not begun ends
 * later the later it begins; undefined where none ends. Only for who passes now.
 */
export function lapseOf(expert: ExpertDocument, opening: OpeningDocument): Date | undefined {
  const { firstDay, lastDay, credentials = [] } = opening;
  if (!firstDay || !lastDay) return undefined;
  const ends = credentials.map((required) => {
    const proven = (expert.credentials ?? [])
      .filter(kindOf(required))
      .filter(({ state, expiresOn }) => isProvenUntil(state, expiresOn, lastDay));
    return Math.max(...proven.map(({ expiresOn }) => expiresOn?.getTime() ?? Infinity));
  });
  const first = Math.min(Infinity, ...ends);
  // On that day it still lasts; from the midnight after, UTC, it does not.
  return Number.isFinite(first)
    ? new Date(first - (lastDay.getTime() - firstDay.getTime()) + DAY_MS)
    : undefined;
}

/** @param own those of the kind that is required */
function credential(own: readonly CredentialFact[], name: string, lastDay: Date): Gate {
  const isAny = (...states: string[]) => own.some(({ state }) => states.includes(state));
  const proven = own.find(({ state, expiresOn }) => isProvenUntil(state, expiresOn, lastDay));
  if (proven)
    return pass(
      'CREDENTIAL',
      `${name} is verified${proven.expiresOn ? `, valid until ${dayWords(proven.expiresOn)}` : ''}.`,
    );
  if (isAny('SUBMITTED', 'IN_REVIEW'))
    return stop(
      'CREDENTIAL',
      'UNKNOWN',
      `${name} is being verified.`,
      `Your ${name} is being verified. You can apply as soon as it is.`,
    );
  if (isAny('VERIFIED', 'EXPIRING'))
    return stop(
      'CREDENTIAL',
      'FAIL',
      `${name} ends before ${dayWords(lastDay)}.`,
      `Your ${name} ends before the work does (${dayWords(lastDay)}). Add the renewed one under Credentials.`,
    );
  if (isAny('DRAFT'))
    return stop(
      'CREDENTIAL',
      'UNKNOWN',
      `${name} is not submitted.`,
      `Submit your ${name} under Credentials.`,
    );
  return stop(
    'CREDENTIAL',
    'FAIL',
    `${name} is missing.`,
    `This work requires a verified ${name}. Add it under Credentials.`,
  );
}

/** Whether a credential is what is required: of its type, where it must hold, from an accepted issuer. */
function kindOf({ type: wanted, jurisdiction: place, issuers }: RequiredCredential) {
  const accepted = issuers?.map(organisationKey) ?? [];
  return ({ type, jurisdiction, issuer }: CredentialFact): boolean =>
    type === wanted &&
    (!place || jurisdiction === place) &&
    (accepted.length === 0 || accepted.includes(organisationKey(issuer ?? '')));
}

function nameOf({ label, jurisdiction, issuers }: RequiredCredential): string {
  const from = issuers?.length ? ` from ${issuers.join(' or ')}` : '';
  return `${jurisdiction ? `${label} (${jurisdiction})` : label}${from}`;
}
