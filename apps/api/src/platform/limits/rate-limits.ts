import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config/config';
import { Refused } from '../errors/refused';

/** Tries allowed in a number of seconds. */
const RULES = {
  'sign-in': { points: 10, duration: 900 },
  'sign-in-address': { points: 100, duration: 86_400 },
  'sign-up': { points: 30, duration: 3600 },
  'reset-password': { points: 3, duration: 3600 },
  upload: { points: 60, duration: 3600 },
} as const;

export type RateRule = keyof typeof RULES;

/** Counts tries in PostgreSQL, so that all processes share them and a restart forgets none. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly limiters = new Map<RateRule, RateLimiterPostgres>();

  constructor(config: Config) {
    this.pool = new Pool({ connectionString: config.get('DATABASE_URL'), max: 2 });
    this.pool.on('error', () => undefined);
  }

  /** Counts one try; refuses when there were too many. */
  async count(rule: RateRule, key: string): Promise<void> {
    try {
      await this.limiter(rule).consume(key);
    } catch (found) {
      if (!(found instanceof RateLimiterRes)) throw found;
      const minutes = Math.max(1, Math.ceil(found.msBeforeNext / 60_000));
      throw new Refused(
        'TOO_MANY_TRIES',
        `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`,
      );
    }
  }

  /** Forgets the tries of a key, after a success. */
  async forget(rule: RateRule, key: string): Promise<void> {
    await this.limiter(rule).delete(key);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private limiter(rule: RateRule): RateLimiterPostgres {
    const known = this.limiters.get(rule);
    if (known) return known;
    const fresh = new RateLimiterPostgres({
      storeClient: this.pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: rule,
      ...RULES[rule],
    });
    this.limiters.set(rule, fresh);
    return fresh;
  }
}
