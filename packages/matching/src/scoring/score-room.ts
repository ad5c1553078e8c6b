/** Arrays for the scores of everybody, used again: making megabytes anew for each opening costs more than filling them. */
export class ScoreRoom {
  private readonly free: Float32Array[] = [];
  private readonly taken: Float32Array[] = [];

  constructor(private readonly size: number) {}

  /** An array of zeros, until the next `clear`. */
  take(): Float32Array {
    const array = this.free.pop()?.fill(0) ?? new Float32Array(this.size);
    this.taken.push(array);
    return array;
  }

  /** Takes every array back. */
  clear(): void {
    this.free.push(...this.taken.splice(0));
  }
}
