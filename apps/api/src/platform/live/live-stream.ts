import type { Person } from '../access/actor';

/** At most one event in this time; what happens in between is told together at its end. */
export const QUIET_MS = 500;

/** That something which a person may see has changed. */
export interface Change {
  readonly at: Date;
  /** Subject types of the journal; empty where anything may have changed. */
  readonly topics: string[];
}

/** The changes of one open stream, gathered so that a burst is one event. An async iterator that GraphQL reads. */
export class LiveStream implements AsyncIterableIterator<{ changed: Change }> {
  private readonly topics = new Set<string>();
  private isEverything = false;
  private hasChange = false;
  private isDone = false;
  private toldAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private reader: ((result: IteratorResult<{ changed: Change }>) => void) | undefined;

  /**
   * @param person whom the stream is for; replaced when their roles change
   * @param now the product's clock, for what the event says
   * @param ended called once, when the stream is over
   */
  constructor(
    public person: Person,
    private readonly now: () => Date,
    private readonly ended: () => void,
  ) {}

  /** Notes a change; no topics means that anything may have changed. */
  change(topics: readonly string[]): void {
    if (this.isDone) return;
    this.hasChange = true;
    if (topics.length === 0) this.isEverything = true;
    for (const topic of topics) this.topics.add(topic);
    this.schedule();
  }

  next(): Promise<IteratorResult<{ changed: Change }>> {
    if (this.isDone) return Promise.resolve({ done: true, value: undefined });
    return new Promise((reader) => {
      this.reader = reader;
      if (this.hasChange) this.schedule();
    });
  }

  async return(): Promise<IteratorResult<{ changed: Change }>> {
    if (!this.isDone) {
      this.isDone = true;
      clearTimeout(this.timer);
      this.reader?.({ done: true, value: undefined });
      this.ended();
    }
    return { done: true, value: undefined };
  }

  async throw(error?: unknown): Promise<IteratorResult<{ changed: Change }>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private schedule(): void {
    if (this.timer !== undefined || !this.reader) return;
    const pause = Math.max(0, this.toldAt + QUIET_MS - performance.now());
    this.timer = setTimeout(() => this.tell(), pause);
  }

  private tell(): void {
    this.timer = undefined;
    if (!this.reader) return;
    const topics = this.isEverything ? [] : [...this.topics].sort();
    this.topics.clear();
    this.isEverything = false;
    this.hasChange = false;
    this.toldAt = performance.now();
    const reader = this.reader;
    this.reader = undefined;
    reader({ done: false, value: { changed: { at: this.now(), topics } } });
  }
}
