import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { log } from '../../../platform/log/log';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import type { ShortlistRecord, StoredFit } from '../matching.repository';
import { insertOutcomes, type OutcomeRecord } from '../outcome.repository';

/** What is shown within this time is kept in one write. */
const GATHERED_MS = 2000;
/** So many pairs are known to be kept, and so many wait at most: about 20 MB. */
const MOST_KNOWN = 100_000;
const MOST_WAITING = 5000;

/**
 * Keeps whom a lab was shown for an opening: once for each, aside from the page, which never waits for it and never fails
 * by it. What a process that dies had gathered within the last seconds is lost; the next look keeps it.
 */
@Injectable()
export class NoteShown implements BeforeApplicationShutdown {
  private readonly known = new Set<string>();
  private readonly waiting = new Map<string, OutcomeRecord>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes note of rows of a shortlist that a lab reads. */
  note(state: ShortlistRecord | null, fits: readonly StoredFit[]): void {
    if (!state?.modelId || !state.modelHash) return;
    const { openingId, labId, snapshotId, modelId, modelHash, averages } = state;
    for (const { expertId, rank, score, parts, steps } of fits) {
      const pair = `${openingId} ${expertId}`;
      if (this.known.has(pair) || this.waiting.has(pair) || this.waiting.size >= MOST_WAITING) continue;
      const interest = steps?.interest ?? null;
      const fit = { rank, score, parts, averages, interest, snapshotId, modelId, modelHash };
      // Where the order follows from the scores alone, who is at a place is there for sure.
      const shown = { kind: 'SHOWN', at: this.clock.now(), propensity: steps?.propensity ?? 1 } as const;
      this.waiting.set(pair, { ...shown, openingId, expertId, labId, fit });
    }
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.flush(), GATHERED_MS).unref();
  }

  /** Writes what was gathered. Where that fails it is said in the log, and the next look gathers it again. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const gathered = [...this.waiting];
    this.waiting.clear();
    if (gathered.length === 0) return;
    if (this.known.size > MOST_KNOWN) this.known.clear();
    for (const [pair] of gathered) this.known.add(pair);
    try {
      await this.unitOfWork.run(system('matching'), { name: 'note-shown' }, ({ db }) =>
        insertOutcomes(
          db,
          gathered.map(([, outcome]) => outcome),
        ),
      );
    } catch (error) {
      for (const [pair] of gathered) this.known.delete(pair);
      log.error({ err: error, rows: gathered.length }, 'who was shown on a shortlist could not be kept');
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }
}
