import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { QueueName } from '../prisma/transaction';

/** Hears how far a long job is: `done` of so many, or of nobody knows how many. */
export type Told = (done: number, of?: number | null) => void;

/** Where nobody wants to hear it. */
export const untold: Told = () => undefined;

/** A job as a feature declares it: ids in, a use case called, safe to run twice. */
export interface JobDefinition<T = unknown> {
  readonly queue: QueueName;
  readonly name: string;
  readonly payload: z.ZodType<T>;
  /** @param told is told how far it is, where it may take long and somebody wants to hear it */
  readonly run: (payload: T, told?: Told) => Promise<unknown>;
  /** Where set, the job also comes back at this interval, with an empty payload. */
  readonly everyMs?: number;
}

/** All jobs of all features. Two of one name stop the start. */
@Injectable()
export class JobRegistry {
  private readonly jobs = new Map<string, JobDefinition<never>>();

  /** Registers a feature's job. */
  add<T>(job: JobDefinition<T>): void {
    const key = `${job.queue}/${job.name}`;
    if (this.jobs.has(key)) throw new Error(`the job ${key} is registered twice`);
    this.jobs.set(key, job as unknown as JobDefinition<never>);
  }

  /** The job of a name; throws where nobody registered it. */
  find(queue: string, name: string): JobDefinition<never> {
    const job = this.jobs.get(`${queue}/${name}`);
    if (!job) throw new Error(`no feature registered the job ${queue}/${name}`);
    return job;
  }

  /** Every job. */
  all(): JobDefinition<never>[] {
    return [...this.jobs.values()];
  }
}
