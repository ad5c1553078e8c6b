/** Answers that may be some seconds old: figures that many visitors ask for and that are costly to work out. */
export class Remembered {
  private readonly answers = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();

  /**
   * @param forMs how old an answer may be, milliseconds
   * @param atMost how many answers are kept; the oldest leave first
   */
  constructor(
    private readonly now: () => Date,
    private readonly forMs = 60_000,
    private readonly atMost = 500,
  ) {}

  /** The answer under a key, worked out anew when it is too old. A failure is not remembered. */
  get<T>(key: string, load: () => Promise<T>): Promise<T> {
    const at = this.now().getTime();
    const known = this.answers.get(key);
    if (known && Math.abs(at - known.at) < this.forMs) return known.value as Promise<T>;
    const value = load();
    this.answers.delete(key);
    this.answers.set(key, { at, value });
    value.catch(() => this.answers.delete(key));
    const [oldest] = this.answers.keys();
    if (this.answers.size > this.atMost && oldest !== undefined) this.answers.delete(oldest);
    return value;
  }
}
