import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Refused } from '../../platform/errors/refused';

/** The library's number for argon2id. */
const ARGON2ID = 2;
/** argon2id, 19 MiB, two passes, one lane: OWASP's second choice, about 20 ms here. Stated, because the library's default is a way to flood us. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 8;
const WAITING = 50;

/** What is stored where an account has no password: no password fits it. */
export const NO_PASSWORD = '!';

/** Hashes and verifies passwords, a few at a time, so that a flood of sign-ins cannot stop the process. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy: Promise<string> | undefined;

  /** The hash to store. */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, PARAMETERS));
  }

  /** True where the password fits the hash. Without a hash it takes as long and is false, so that time tells nothing. */
  async fits(password: string, hash: string | undefined): Promise<boolean> {
    this.dummy ??= this.hash('nobody has this password');
    const known = hash === NO_PASSWORD ? undefined : hash;
    const against = known ?? (await this.dummy);
    const isRight = await this.inTurn(() => verify(against, password));
    return isRight && known !== undefined;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING)
        throw new Refused('BUSY', 'Many people are signing in right now. Try again in a few seconds.');
      await new Promise<void>((go) => this.waiting.push(go));
    }
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }
}
