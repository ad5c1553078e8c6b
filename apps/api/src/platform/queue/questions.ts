import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { QueueEvents } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { answerTo } from './answer';
import { Queues } from './queues';

/** Questions that this process answers for others. They change nothing, so each may be asked twice. */
export interface Answering {
  /** The queue on which they come. */
  readonly queue: string;
  /** So many at once. */
  readonly concurrency: number;
  readonly answer: (asked: string) => Promise<string>;
}

/** Nobody answered in time. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** Questions between processes, by way of queues: one asks, whoever works on the queue answers. Only reads go this way; what writes is a job. */
@Injectable()
export class Questions implements OnApplicationShutdown {
  private readonly answering: Answering[] = [];
  private readonly heard = new Map<string, QueueEvents>();

  constructor(private readonly queues: Queues) {}

  /** Declares what this process answers, where it is a worker. */
  add(answering: Answering): void {
    this.answering.push(answering);
  }

  all(): readonly Answering[] {
    return this.answering;
  }

  /** Asks, and waits for the answer. @throws Unanswered after `patienceMs`, and an error where whoever answers says one */
  async ask(queue: string, asked: string, patienceMs: number): Promise<string> {
    const own = this.heard.get(queue) ?? this.queues.events(queue);
    this.heard.set(queue, own);
    const id = randomUUID();
    const job = await this.queues.put(queue, id, asked);
    const answer = await answerTo(id, () => this.queues.asked(queue, id), own, patienceMs);
    if (answer && 'said' in answer) return answer.said;
    if (answer) throw new Error(answer.refused);
    await job.remove().catch(() => undefined);
    throw new Unanswered(`nobody answered on ${queue} within ${patienceMs} ms`);
  }

  async onApplicationShutdown(): Promise<void> {
    for (const events of this.heard.values()) await events.close().catch(() => undefined);
  }
}
