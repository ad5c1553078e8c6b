import { counted } from '../../lib/words';
import type { NotSeated, Proposal, Seat } from './seats';

/** Names of what a proposal is about, by id. */
export interface SeatNames {
  readonly opening: (id: string | null | undefined) => string;
  readonly expert: (id: string | null | undefined) => string;
}

/** A fit as it is read: points of 100. */
export function points(fit: number): string {
  return `${Math.round(fit * 100)} of 100`;
}

/** Why a seat is not somebody else's. */
export function whyThisSeat(
  { bestLeftOut, fitOfBestLeftOut, whyNotThem, candidate }: Seat,
  names: SeatNames,
): string {
  const { code, openingId, lost, about } = whyNotThem;
  if (!bestLeftOut || code === 'NONE_BETTER') return 'Nobody without a seat here fits better.';
  const better = `${bestLeftOut.expertName} fits better here, ${points(fitOfBestLeftOut ?? 0)}`;
  const there = names.opening(openingId);
  const sentences: Readonly<Record<string, string>> = {
    CAPACITY: `${better}, but is worth more in ${there}: with the two changed over the whole would lose ${pointsLost(lost)}.`,
    FLOOR: `${better}, but without them ${there} would be weaker than the weakest opening is now.`,
    SEAT_EMPTY: `${better}, but without them a seat of ${there} would be empty.`,
    CONCENTRATION: `${better}, but has as many seats as one expert may have.`,
    MIX: `${better}, but this seat is needed for ${whom(about)}.`,
    LOCKED: `${better}, but you keep ${candidate.expertName} here or them elsewhere.`,
    SET_ASIDE: `${better}, and you set them aside for this opening.`,
  };
  return sentences[code] ?? `${bestLeftOut.expertName} fits about as well here.`;
}

/** Why somebody has no seat. */
export function whyNoSeat({ why, candidate }: NotSeated, names: SeatNames): string {
  const title = names.opening(candidate.openingId);
  const sentences: Readonly<Record<string, string>> = {
    GATE: `Not put forward for ${title}: ${why.about ?? ''}`,
    OUTSCORED: `Everybody who has a seat in ${title} fits better.`,
    MIX: `The seat in ${title} is needed for ${whom(why.about)}.`,
    LOCKED: `You keep others in the seats of ${title}.`,
    SET_ASIDE: `You set them aside for ${title}.`,
    CONCENTRATION: 'One expert may have fewer than one seat.',
  };
  return sentences[why.code] ?? `In ${title} others fit about as well.`;
}

const EMPTY_WORDS: Readonly<Record<string, string>> = {
  NO_CANDIDATES:
    'Fewer people who pass every gate have applied than it has seats. Invite more from the shortlist.',
  SET_ASIDE: 'You set aside people who could take them.',
  CONCENTRATION: 'Its applicants have as many seats as one expert may have.',
  CAPACITY: 'Its applicants have seats elsewhere and no room for more.',
};

/** Why seats of an opening are empty; nothing where none is. */
export function whyEmpty(code: string | null | undefined): string {
  return code ? (EMPTY_WORDS[code] ?? '') : '';
}

/** A rule that cannot be met, how far one gets, and what to do. */
export function refusalWords(refusal: Proposal['refusals'][number], names: SeatNames): string {
  const { code, openingId, expertId, tag, wanted, reached } = refusal;
  const title = names.opening(openingId);
  const name = names.expert(expertId);
  const sentences: Readonly<Record<string, string>> = {
    MIX_NOT_REACHED: `${title}: you ask for ${counted(wanted, 'seat')} for ${whom(tag)}, and ${reached === 0 ? 'none' : `only ${reached}`} can be had from those who applied. Ask for fewer, or invite more people.`,
    SHARE_BELOW_ONE_SEAT:
      'The largest share of one expert is less than one seat, so nobody could be seated. Raise it.',
    LOCKED_BEYOND_SEATS: `${title} has ${counted(reached, 'seat')} to fill, and you keep ${wanted} people in it. Let somebody go.`,
    LOCKED_BEYOND_CAPACITY: `${name} can take ${counted(reached, 'seat')}, and you keep them in ${wanted}. Let one go, or raise the seats for one expert.`,
    LOCKED_BEYOND_SHARE: `${name} may have ${counted(reached, 'seat')} by the largest share, and you keep them in ${wanted}. Raise the share, or let one go.`,
    NOT_WORKED_OUT:
      'The time was over before anything was found. Ask for one opening at a time, or for fewer rules.',
    TOO_MANY_MIX_RULES: `${title} has ${counted(reached, 'seat')}, and its rules ask for ${wanted}. Ask for fewer.`,
  };
  return sentences[code] ?? 'A rule cannot be met. Change what must hold.';
}

function whom(tag: string | null | undefined): string {
  return tag === 'NEWCOMER' ? 'experts who are new here' : `experts of ${tag ?? 'a jurisdiction'}`;
}

function pointsLost(lost: number | null | undefined): string {
  const value = Math.round((lost ?? 0) * 100);
  return value < 1 ? 'less than a point' : counted(value, 'point');
}
