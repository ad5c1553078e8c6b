import { Injectable } from '@nestjs/common';
import { ShardsApart, type ShardDoor } from '@tallystick/matching';
import { deserialize, serialize } from 'node:v8';
import { Questions } from '../../../platform/queue/questions';
import { IndexKeeper } from './index-keeper';

/** What shards of other workers are asked. */
const ASKED = ['look', 'find', 'overviews', 'pairs'] as const;
type Method = (typeof ASKED)[number];

interface Question {
  readonly method: Method;
  readonly given: readonly unknown[];
  /** Experts who are read again in any case. */
  readonly changed: readonly string[];
  /** The model by which whoever asks scores. */
  readonly modelHash: string;
}

type Answer = { readonly result: unknown } | { readonly apart: string };

/** Of a shard so many questions are answered at once: while one is computed, changes are read for the next. */
const AT_ONCE = 2;
/** So long an answer is waited for, milliseconds: a worker that was killed is followed by another of the same shard within half a minute. */
const PATIENCE_MS = 45_000;

/** Shards of other workers: this one asks them by way of a queue for each shard, and answers for its own. Only ids and numbers come back. */
@Injectable()
export class ShardQueues {
  /** How long an answer is waited for, milliseconds. */
  patienceMs = PATIENCE_MS;

  constructor(
    private readonly keeper: IndexKeeper,
    private readonly questions: Questions,
  ) {
    const { own, shardCount } = keeper;
    if (own.length === shardCount) return;
    for (const number of own)
      questions.add({
        queue: queueOf(number),
        concurrency: AT_ONCE,
        answer: async (asked) => written(await this.answer(number, read<Question>(asked))),
      });
  }

  /** The way to a shard that another worker keeps. @param changed experts whom it reads again in any case */
  door(number: number, modelHash: string, changed: readonly string[]): ShardDoor {
    let told = changed;
    const by =
      <M extends Method>(method: M) =>
      (...given: Parameters<ShardDoor[M]>) => {
        const question: Question = { method, given, modelHash, changed: told };
        return this.ask(number, question).finally(() => (told = [])) as ReturnType<ShardDoor[M]>;
      };
    return { look: by('look'), find: by('find'), overviews: by('overviews'), pairs: by('pairs') };
  }

  private async ask(number: number, question: Question): Promise<unknown> {
    const answer = read<Answer>(
      await this.questions.ask(queueOf(number), written(question), this.patienceMs),
    );
    if ('apart' in answer) throw new ShardsApart(answer.apart);
    return answer.result;
  }

  private async answer(number: number, { method, given, changed, modelHash }: Question): Promise<Answer> {
    if (!ASKED.includes(method)) throw new Error(`a shard cannot be asked ${method}`);
    return this.keeper.reading(async ({ shards, model }) => {
      if (model.hash !== modelHash) return { apart: 'Another model has come into force.' };
      const shard = shards.get(number);
      if (!shard) throw new Error(`this worker does not keep shard ${number}`);
      const ask = shard[method] as (...all: readonly unknown[]) => Promise<unknown>;
      return { result: await ask(...given) };
    }, changed);
  }
}

function queueOf(number: number): string {
  return `matching-shard-${number}`;
}

function written(value: Question | Answer): string {
  return serialize(value).toString('base64');
}

function read<T>(text: string): T {
  return deserialize(Buffer.from(text, 'base64')) as T;
}
