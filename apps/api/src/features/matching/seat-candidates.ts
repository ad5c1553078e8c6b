import { isProvenUntil } from '@tallystick/domain';
import type { OpeningDocument, SeatExpert, SeatOpening, SeatPair, SeatProblem } from '@tallystick/matching';
import type { Read } from '../../platform/prisma/transaction';
import { openApplications } from '../application/application.public';
import { credentialsOf } from '../credential/credential.public';
import { everEngaged } from '../engagement/engagement.public';
import { findExperts, type ExpertRecord } from '../expert/expert.public';
import { openingsWith, type OpeningWithRequirements } from '../project/project.public';
import { openingDocuments } from '../eligibility/eligibility.public';
import type { GatedApplicant, SeatProposalRecord, SeatRules } from './seats.repository';
import type { Score } from './use-cases/score';

const NEWCOMER = 'NEWCOMER';
/** An applicant said by applying that this lab may see them, whatever their profile says to others. */
const ANSWERED_BY_APPLYING = 'CONSENT';

/** What is assigned, and who was not put forward because of a gate. */
export interface SeatCandidates {
  readonly problem: SeatProblem;
  readonly gated: readonly GatedApplicant[];
  readonly snapshotId: string;
  readonly modelId: string;
}

/** The seats that a proposal is about and who of the lab's applicants may take them, as of now. */
export async function seatCandidates(
  read: Read,
  score: Score,
  { projectId, openingId, rules, said }: SeatProposalRecord,
): Promise<SeatCandidates> {
  const openings = (await openingsWith(read.db, { projectIds: [projectId] })).filter(
    ({ id, state }) => state === 'OPEN' && (openingId === null || id === openingId),
  );
  const ids = openings.map(({ id }) => id);
  const applications = await openApplications(read.db, ids);
  const waiting = applications.filter(({ state }) => state === 'APPLIED');
  const documents: OpeningDocument[] = await openingDocuments(read.db, ids, read.now);
  const { snapshotId, modelId, fits } = await score.fitsOf(
    read,
    documents.map((opening) => ({
      opening,
      expertIds: waiting.filter((each) => each.openingId === opening.id).map(({ expertId }) => expertId),
    })),
  );
  const stops = fits.map((fit) => ({
    fit,
    stop: fit.gates.find(({ code, outcome }) => outcome !== 'PASS' && code !== ANSWERED_BY_APPLYING),
  }));
  const pairs = stops.flatMap(({ fit, stop }): SeatPair[] => {
    const word = said.find(
      (each) => each.openingId === fit.openingId && each.expertId === fit.expertId,
    )?.said;
    const { openingId: opening, expertId, score: affinity } = fit;
    return stop ? [] : [{ openingId: opening, expertId, affinity, ...(word && { said: word }) }];
  });
  return {
    problem: {
      openings: openings.map(({ id, seats, seatsFilled }) => {
        const offersOut = applications.filter(
          (each) => each.openingId === id && each.state === 'OFFERED',
        ).length;
        return { id, seats: Math.max(0, seats - seatsFilled - offersOut), mix: mixOf(id, rules) };
      }),
      experts: await expertsOf(read, pairs, openings, rules),
      pairs,
      largestSharePercent: rules.largestSharePercent,
    },
    gated: stops.flatMap(({ fit, stop }) =>
      stop
        ? [{ openingId: fit.openingId, expertId: fit.expertId, code: stop.code, sentence: stop.forLab }]
        : [],
    ),
    snapshotId,
    modelId,
  };
}

function mixOf(openingId: string, { newcomers, jurisdictions }: SeatRules): SeatOpening['mix'] {
  return [
    ...(newcomers > 0 ? [{ tag: NEWCOMER, atLeast: newcomers }] : []),
    ...jurisdictions
      .filter((each) => each.openingId === openingId)
      .map(({ jurisdiction, atLeast }) => ({ tag: jurisdiction, atLeast })),
  ];
}

/** Capacity and tags of everybody who may be seated: where they live, where they are licensed, whether they are new here. */
async function expertsOf(
  { db, now }: Read,
  pairs: readonly SeatPair[],
  openings: readonly OpeningWithRequirements[],
  rules: SeatRules,
): Promise<SeatExpert[]> {
  const ids = [...new Set(pairs.map(({ expertId }) => expertId))];
  const experts = await findExperts(db, ids);
  const engaged = await everEngaged(db, ids);
  const credentials = await credentialsOf(db, ids);
  return experts.map((expert) => {
    const licensed = credentials
      .filter(
        ({ expertId, state, expiresOn }) => expertId === expert.id && isProvenUntil(state, expiresOn, now),
      )
      .flatMap(({ jurisdiction }) => (jurisdiction === null ? [] : [jurisdiction]));
    const applied = openings.filter(({ id }) =>
      pairs.some(({ openingId, expertId }) => openingId === id && expertId === expert.id),
    );
    return {
      id: expert.id,
      seats: Math.min(rules.perExpert, seatsByHours(expert, applied)),
      tags: [...new Set([expert.country, ...licensed, ...(engaged.has(expert.id) ? [] : [NEWCOMER])])].sort(),
    };
  });
}

/** How many of the openings that they applied to their week has hours for, the longest of them taken for each; at least one. */
function seatsByHours({ hoursPerWeek }: ExpertRecord, applied: readonly OpeningWithRequirements[]): number {
  const longest = Math.max(1, ...applied.map((opening) => opening.hoursPerWeek));
  return Math.max(1, Math.floor(hoursPerWeek / longest));
}
