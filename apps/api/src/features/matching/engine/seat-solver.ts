import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  notWorkedOut,
  SEARCH_SECONDS,
  type SeatAssignment,
  type SeatOutcome,
  type SeatProblem,
  type SeatStep,
} from '@tallystick/matching';
import { Worker } from 'node:worker_threads';
import { log } from '../../../platform/log/log';
import type { SeatTask, SeatWord } from './seat-thread';

/** Of its seconds the thread is told this share: it ends by itself before it is ended. */
const OWN_SHARE = 0.8;
/** JavaScript's own memory in the thread, MB; the solver's is beyond that. */
const HEAP_MB = 2048;

/** Who hears how a search goes on, and who may end it. */
interface Listening {
  readonly told?: (step: SeatStep) => void;
  readonly signal?: AbortSignal;
}

/** Works out who takes which seat in a thread of its own, so that whatever it takes, this thread goes on. */
@Injectable()
export class SeatSolver implements OnApplicationShutdown {
  /** After so many seconds the thread is ended, whatever it is at. */
  seconds = SEARCH_SECONDS;
  /** How Node is started in the thread. */
  execArgv: readonly string[] = [];
  private readonly threads = new Set<Worker>();

  /** Searches that run now. */
  get running(): number {
    return this.threads.size;
  }

  /**
   * The assignment of a problem; where the time is over or the thread ends before its time, the best found so far, not
   * proven, or the refusal NOT_WORKED_OUT. Undefined where the signal ended it.
   */
  async solve(problem: SeatProblem, { told, signal }: Listening = {}): Promise<SeatOutcome | undefined> {
    const thread = new Worker(require.resolve('./seat-thread'), {
      execArgv: [...this.execArgv],
      workerData: { problem, seconds: this.seconds * OWN_SHARE } satisfies SeatTask,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.threads.add(thread);
    let best: SeatAssignment | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const outcome = await new Promise<SeatOutcome | undefined>((resolve) => {
        const end = () => resolve(undefined);
        timer = setTimeout(end, this.seconds * 1000);
        signal?.addEventListener('abort', end, { once: true });
        thread.on('error', ({ name, message }) => {
          log.error({ code: name, detail: message.slice(0, 300) }, 'a search for seats failed');
          end();
        });
        thread.on('exit', end);
        thread.on('message', (word: SeatWord) => {
          if ('step' in word) told?.(word.step);
          else if ('found' in word) best = word.found;
          else resolve(word.outcome);
        });
      });
      if (signal?.aborted) return undefined;
      return outcome ?? (best ? { ok: true, assignment: best } : notWorkedOut(problem));
    } finally {
      clearTimeout(timer);
      await thread.terminate();
      this.threads.delete(thread);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }
}
