import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { sha256 } from '../crypto/digest';
import { PrismaClient, type Prisma } from '../../generated/prisma/client';
import { Config } from '../config/config';
import { log } from '../log/log';

/** The database as one transaction sees it. Repositories take it first; nobody else touches it. */
export type Db = Prisma.TransactionClient;
export { Prisma } from '../../generated/prisma/client';

const PREPARED_AT_MOST = 500;

/** The one database client of a process. Opened by the unit of work and `readAs` only. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly client: PrismaClient;

  constructor(config: Config) {
    const adapter = new PrismaPg(
      {
        connectionString: config.get('DATABASE_URL'),
        max: config.get('DATABASE_POOL'),
        connectionTimeoutMillis: 10_000,
        options:
          '-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000',
      },
      {
        statementNameGenerator: preparedNames(),
        onPoolError: (error) => log.warn({ code: error.name }, 'a database connection was lost'),
      },
    );
    this.client = new PrismaClient({ adapter });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
  }
}

/** Names for prepared statements, so that PostgreSQL plans each shape once; bounded, so that it never grows without end. */
function preparedNames(): (query: { sql: string }) => string {
  const known = new Map<string, string>();
  return ({ sql }) => {
    const name = known.get(sql);
    if (name !== undefined) return name;
    if (known.size >= PREPARED_AT_MOST) return '';
    const fresh = 's' + sha256(sql).toString('hex').slice(0, 24);
    known.set(sql, fresh);
    return fresh;
  };
}
