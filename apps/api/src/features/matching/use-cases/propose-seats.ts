import { Injectable } from '@nestjs/common';
import { move, seatProposalMachine } from '@tallystick/domain';
import type { SeatOutcome, SeatProblem, SeatStep } from '@tallystick/matching';
import { z } from 'zod';
import { system, type Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findProject, openingsWith } from '../../project/project.public';
import { SeatSolver } from '../engine/seat-solver';
import { seatCandidates } from '../seat-candidates';
import {
  currentSeatProposals,
  findSeatProposal,
  insertSeatProposal,
  moveSeatProposal,
  noteSeatStep,
  type SeatProposalRecord,
} from '../seats.repository';
import { Score } from './score';

const seats = z.number().int().min(0, 'write 0 to 500 seats').max(500, 'write 0 to 500 seats');
const Input = z.object({
  projectId: z.uuid(),
  openingId: z.uuid().nullish(),
  perExpert: z.number().int().min(1, 'write 1 to 20 seats').max(20, 'write 1 to 20 seats'),
  largestSharePercent: z.number().int().min(1, 'write 1 to 100 percent').max(100, 'write 1 to 100 percent'),
  newcomers: seats,
  jurisdictions: z
    .array(
      z.object({
        openingId: z.uuid(),
        jurisdiction: z
          .string()
          .trim()
          .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'write a code like DE or US-CA'),
        atLeast: seats.min(1, 'write 1 to 500 seats'),
      }),
    )
    .max(200),
  said: z
    .array(z.object({ openingId: z.uuid(), expertId: z.uuid(), said: z.enum(['LOCKED', 'SET_ASIDE']) }))
    .max(2_000),
  idempotencyKey: z.string(),
});
const MATCHING = system('matching');
/** How often it is looked whether somebody still waits for a proposal. */
const LOOK_MS = 1000;

/** Proposes who could take which seat. Asking is quick; the worker computes, so that no request waits for it. */
@Injectable()
export class ProposeSeats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly score: Score,
    private readonly solver: SeatSolver,
  ) {}

  /**
   * Asks for a proposal for a project or for one opening of it; it takes the place of the one before. Returns its id.
   * Refuses with NOT_FOUND, INVALID_INPUT, OPENING_CLOSED, SAID_TWICE.
   */
  async ask(person: Person, input: z.input<typeof Input>): Promise<string> {
    const given = parseInput(Input, input);
    const openingId = given.openingId ?? null;
    return this.unitOfWork.run(
      person,
      { name: 'propose-seats', idempotencyKey: given.idempotencyKey, input },
      async (tx) => {
        const project = await findProject(tx.db, given.projectId);
        if (!project || project.labId !== person.labId) throw notFound('project');
        await checkOpenings(tx, given.projectId, openingId, given);
        for (const before of await currentSeatProposals(tx.db, given.projectId, openingId))
          await moved(tx, before, 'REPLACE', {});
        const id = tx.newId();
        const { perExpert, largestSharePercent, newcomers, jurisdictions, said, projectId } = given;
        await insertSeatProposal(tx.db, {
          id,
          labId: project.labId,
          projectId,
          openingId,
          askedById: person.accountId,
          askedAt: tx.now,
          rules: { perExpert, largestSharePercent, newcomers, jurisdictions },
          said,
        });
        tx.record({
          subjectType: 'seat_proposal',
          subjectId: id,
          to: 'WAITING',
          facts: { projectId, openingId, perExpert, largestSharePercent, newcomers, said },
          labId: project.labId,
        });
        tx.enqueue({ queue: 'seating', name: 'propose-seats', payload: { proposalId: id } });
        return id;
      },
    );
  }

  /**
   * Takes back a proposal that is waited for; the search for it ends. Refuses with NOT_FOUND, STATE_CHANGED,
   * CHANGED_MEANWHILE.
   */
  async cancel(person: Person, proposalId: string): Promise<void> {
    if (!isId(proposalId)) throw notFound('proposal');
    await this.unitOfWork.run(person, { name: 'cancel-seats' }, async (tx) => {
      const seen = await findSeatProposal(tx.db, proposalId);
      if (!seen || seen.labId !== person.labId) throw notFound('proposal');
      await moved(tx, seen, 'CANCEL', {});
    });
  }

  /**
   * Computes a proposal that waits, and keeps what it was computed from. May run twice: what is computed stands. It ends at
   * the solver's time, at the latest with the refusal NOT_WORKED_OUT, and stops where nobody waits for it any more.
   */
  async compute(proposalId: string): Promise<void> {
    const found = await this.unitOfWork.readAs(MATCHING, async (read) => {
      const proposal = await findSeatProposal(read.db, proposalId);
      if (proposal?.state !== 'WAITING') return undefined;
      return { proposal, ...(await seatCandidates(read, this.score, proposal)) };
    });
    if (!found) return;
    const { proposal, problem, gated, snapshotId, modelId } = found;
    const result = await this.solved(proposalId, problem);
    if (!result) return;
    await this.unitOfWork.run(MATCHING, { name: 'compute-seats' }, async (tx) => {
      const seen = await findSeatProposal(tx.db, proposalId);
      if (seen?.state !== 'WAITING' || seen.version !== proposal.version) return;
      const facts = result.ok
        ? { snapshotId, modelId, seats: result.assignment.seats.length }
        : { snapshotId, modelId, refusals: result.refusals.map(({ code }) => code) };
      await moved(
        tx,
        seen,
        result.ok ? 'COMPUTE' : 'REFUSE',
        { computedAt: tx.now, snapshotId, modelId, inputs: problem, result, gated },
        facts,
      );
    });
  }

  private noteStep(proposalId: string, step: string | null): Promise<void> {
    return this.unitOfWork.run(MATCHING, { name: 'note-seat-step' }, (tx) =>
      noteSeatStep(tx.db, proposalId, step === null ? { startedAt: tx.now, step } : { step }),
    );
  }

  /** What the solver finds; undefined where the proposal was taken back or replaced meanwhile. */
  private async solved(proposalId: string, problem: SeatProblem): Promise<SeatOutcome | undefined> {
    const stop = new AbortController();
    const look = async () => {
      const seen = await this.unitOfWork.readAs(MATCHING, ({ db }) => findSeatProposal(db, proposalId));
      if (seen?.state !== 'WAITING') stop.abort();
    };
    await this.noteStep(proposalId, null);
    let last: string | undefined;
    let noted: Promise<void> = Promise.resolve();
    const told = ({ at }: SeatStep) => {
      if (at === last) return;
      last = at;
      // That it cannot be noted ends no search.
      noted = noted.then(() => this.noteStep(proposalId, at)).catch(() => undefined);
    };
    const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS);
    try {
      return await this.solver.solve(problem, { signal: stop.signal, told });
    } finally {
      clearInterval(looking);
      await noted;
    }
  }
}

/** The openings that are named are the project's and open, and nothing is said twice of one pair. */
async function checkOpenings(
  tx: Tx,
  projectId: string,
  openingId: string | null,
  { jurisdictions, said }: Pick<z.output<typeof Input>, 'jurisdictions' | 'said'>,
): Promise<void> {
  const openings = await openingsWith(tx.db, { projectIds: [projectId] });
  const known = new Set(openings.map(({ id }) => id).filter((id) => openingId === null || id === openingId));
  for (const named of [...jurisdictions, ...said, ...(openingId === null ? [] : [{ openingId }])])
    if (!known.has(named.openingId)) throw notFound('opening');
  if (!openings.some(({ id, state }) => known.has(id) && state === 'OPEN'))
    throw new Refused('OPENING_CLOSED', 'No opening of this is open, so there are no seats to fill.');
  const pairs = said.map((each) => `${each.openingId} ${each.expertId}`);
  if (new Set(pairs).size < pairs.length)
    throw new Refused('SAID_TWICE', 'One person is kept and set aside for the same opening. Choose one.', {
      field: 'said',
    });
}

/** Moves a proposal on and records it. Refuses with STATE_CHANGED, CHANGED_MEANWHILE. */
export async function moved(
  tx: Tx,
  seen: SeatProposalRecord,
  event: 'COMPUTE' | 'REFUSE' | 'REPLACE' | 'CONFIRM' | 'CANCEL',
  changes: Omit<Parameters<typeof moveSeatProposal>[2], 'state'>,
  facts?: Record<string, unknown>,
): Promise<void> {
  const state = orRefuse(move(seatProposalMachine, seen.state, event));
  if (!(await moveSeatProposal(tx.db, seen, { ...changes, state })))
    throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
  tx.record({
    subjectType: 'seat_proposal',
    subjectId: seen.id,
    from: seen.state,
    to: state,
    facts,
    labId: seen.labId,
  });
}
