import { Injectable } from '@nestjs/common';

/** The product's time. It moves only in test runs and while the demo world is made. */
@Injectable()
export class Clock {
  private fixed: Date | undefined;

  /** The present instant. */
  now(): Date {
    return this.fixed ? new Date(this.fixed) : new Date();
  }

  /** Holds the clock at an instant; `undefined` lets it run again. Used by tests and the demo world only. */
  hold(at: Date | undefined): void {
    this.fixed = at;
  }
}
