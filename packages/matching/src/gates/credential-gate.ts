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
  const proven = own.find(({ state, expiresOn }) => isProvenUntil(state, expiresOn, lastDay));
  if (proven)
    return pass(
      'CREDENTIAL',
      `${name} is verified${proven.expiresOn ? `, valid until ${dayWords(proven.expiresOn)}` : ''}.`,
    );
  const standing = STANDINGS.find(({ states }) => own.some(({ state }) => states.includes(state))) ?? MISSING;
  return stop(
    'CREDENTIAL',
    standing.outcome,
    `${name} ${standing.forLab(dayWords(lastDay))}.`,
    standing.forExpert(name, dayWords(lastDay)),
  );
}

/** How it stands with a credential that does not prove what is asked, in the words of both sides. */
interface Standing {
  readonly states: readonly string[];
  readonly outcome: 'FAIL' | 'UNKNOWN';
  readonly forLab: (lastDay: string) => string;
  readonly forExpert: (name: string, lastDay: string) => string;
}

/** States in which nobody has decided: a credential is asked for, or waited for. */
export const UNDECIDED: readonly string[] = ['SUBMITTED', 'IN_REVIEW', 'DRAFT'];

/**
 * The first that somebody has a credential in is told: what they wait for or can finish, before what they lost. A lab is not told of a
 * suspension or a revocation, which may be appealed.
 */
const STANDINGS: readonly Standing[] = [
  {
    states: ['SUBMITTED', 'IN_REVIEW'],
    outcome: 'UNKNOWN',
    forLab: () => 'is being verified',
    forExpert: (name) =>
      `Your ${name} is being verified. You have nothing to do until it is decided; you can apply as soon as it is verified.`,
  },
  {
    states: ['DRAFT'],
    outcome: 'UNKNOWN',
    forLab: () => 'is not submitted',
    forExpert: (name) => `Submit your ${name} under Credentials.`,
  },
  {
    states: ['VERIFIED', 'EXPIRING'],
    outcome: 'FAIL',
    forLab: (lastDay) => `ends before ${lastDay}`,
    forExpert: (name, lastDay) =>
      `Your ${name} ends before the work does (${lastDay}). Add the renewed one under Credentials.`,
  },
  ...(['SUSPENDED', 'REVOKED'] as const).map((state) => ({
    ...{ states: [state], outcome: 'FAIL' as const },
    forLab: () => 'is not verified at present',
    forExpert: (name: string) =>
      `Your ${name} is ${state.toLowerCase()}: a verifier, a person of our staff, decided so. Their reason stands under Credentials; if it is wrong or is mended, appeal there: add evidence and submit it again, and another verifier decides.`,
  })),
  {
    states: ['EXPIRED'],
    outcome: 'FAIL',
    forLab: () => 'has expired',
    forExpert: (name) => `Your ${name} has expired. Renew it, and add the renewed one under Credentials.`,
  },
  {
    states: ['REJECTED'],
    outcome: 'FAIL',
    forLab: () => 'is not verified at present',
    forExpert: (name) =>
      `Your ${name} was not accepted. The reason stands under Credentials, where you can appeal: somebody else decides then.`,
  },
];

const MISSING: Omit<Standing, 'states'> = {
  outcome: 'FAIL',
  forLab: () => 'is missing',
  forExpert: (name) => `This work requires a verified ${name}. Add it under Credentials.`,
};

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
