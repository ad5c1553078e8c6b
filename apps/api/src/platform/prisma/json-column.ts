import type { Prisma } from './database';

/** What is written to a JSON column: nothing, which leaves it null, where there is nothing. Amounts in it are text. */
export function jsonColumn(value: object | null | undefined): Prisma.InputJsonValue | undefined {
  return value === null || value === undefined ? undefined : (value as Prisma.InputJsonObject);
}
