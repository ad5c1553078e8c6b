import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { sha256 } from '../../platform/crypto/digest';

const AT = '2026-11-18T12:00:00Z';
/** What a request of an id asks for: each something else, as the same is asked for once. */
const payloadOf = (id: string) => `{"planted":"${id}"}`;
const hashOf = (id: string) => sha256(payloadOf(id)).toString('hex');

/** What the database refuses to the application itself, whatever its code does. */
describe('what was agreed', () => {
  let database: TestDatabase;
  let app: Client;
  const people: string[] = [];

  const write = (sql: string, values: unknown[] = []) => app.query(sql, values);
  const request = async (more: Record<string, unknown> = {}): Promise<string> => {
    const id = randomUUID();
    const row: Record<string, unknown> = {
      ...{
        id,
        action: 'payout.open-switch',
        subject_type: 'payout-switch',
        subject_id: randomUUID(),
      },
      ...{
        summary: 'Planted.',
        payload: payloadOf(id),
        payload_sha256: hashOf(id),
        requested_by_id: people[0],
      },
      ...{ reason: 'x', created_at: AT, expires_at: '2026-12-18T12:00:00Z', ...more },
    };
    const places = Object.keys(row).map((_, index) => `$${index + 1}`);
    await write(
      `INSERT INTO approval_request (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(row),
    );
    return String(row.id);
  };
  const decide = (id: string, by = 1, decision = 'APPROVE') =>
    write(`INSERT INTO approval_decision VALUES ($1, $2, $3, 'x', $4, $5)`, [
      ...[id, people[by], decision, hashOf(id), AT],
    ]);
  const approve = (id: string) =>
    write(`UPDATE approval_request SET state = 'APPROVED', decided_at = $2 WHERE id = $1`, [id, AT]);
  /** Stops payouts, or opens them by a request. */
  const turn = async (approvalRequestId?: string): Promise<string> => {
    const id = randomUUID();
    await write(
      `INSERT INTO payout_switch (id, is_stopped, reason, at, approval_request_id) VALUES ($1, $2, 'x', $3, $4)`,
      [id, approvalRequestId === undefined, AT, approvalRequestId ?? null],
    );
    return id;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    for (const name of ['Ana', 'Bob', 'Cleo']) {
      const id = randomUUID();
      await database.owner.query(
        `INSERT INTO account (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, 'x', $4)`,
        [id, `${name}@example.org`, name, AT],
      );
      people.push(id);
    }
    app = new Client({ connectionString: database.environment.DATABASE_URL });
    await app.connect();
    await write(`SELECT set_config('app.rows', 'all', false)`);
  }, 60_000);
  afterAll(async () => {
    await app.end();
    await database.drop();
  });

  it.each(['APPROVED', 'EXECUTED', 'DECLINED', 'EXPIRED', 'FAILED'])(
    'a request for approval cannot begin as %s',
    async (state) => {
      await expect(request({ state })).rejects.toThrow('approval_begins');
      await expect(request({ decided_at: AT })).rejects.toThrow('approval_begins');
    },
  );

  it('is approved only by the decisions that are there, and by nobody who declined', async () => {
    const id = await request();
    await expect(approve(id)).rejects.toThrow('approval_enough');
    await decide(id);
    await decide(id, 2, 'DECLINE');
    await expect(approve(id)).rejects.toThrow('approval_undeclined');
    const two = await request({ approvals_needed: 2 });
    await decide(two);
    await expect(approve(two)).rejects.toThrow('approval_enough');
    await decide(two, 2);
    expect((await approve(two)).rowCount).toBe(1);
  });

  it('payouts are opened only by an approved request of this action and of this very stop, and once', async () => {
    const stop = await turn();
    const approved = async (more: Record<string, unknown>) => {
      const id = await request(more);
      await decide(id);
      await approve(id);
      return id;
    };
    const waiting = await request({ subject_id: stop });
    await expect(turn(waiting)).rejects.toThrow('payout_switch_opened_by_two');
    const otherAction = await approved({ subject_id: stop, action: 'payout.release-hold' });
    await expect(turn(otherAction)).rejects.toThrow('payout_switch_opened_by_two');
    const otherStop = await approved({ subject_id: randomUUID() });
    await expect(turn(otherStop)).rejects.toThrow('payout_switch_opened_by_two');
    await decide(waiting);
    await approve(waiting);
    await turn(waiting);
    await turn();
    await expect(turn(waiting)).rejects.toThrow('payout_switch_opened_by_two');
  });

  const frozen: Record<string, string> = {
    engagement:
      'currency rate_minor_per_hour lab_fee_ppm expert_fee_ppm rounding fee_parts take_rate_policy_id take_rate_explanation lab_id expert_id signed_at notice_days weekly_cap_seconds',
    take_rate_policy:
      'scope lab_id project_id expert_id lab_fee_ppm expert_fee_ppm rounding fee_parts effective_from reason created_at',
  };
  const terms = Object.entries(frozen).flatMap(([table, columns]) =>
    columns.split(' ').map((column) => [table, column] as const),
  );
  it.each(terms)('%s: the application cannot change %s', async (table, column) => {
    await expect(write(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toThrow('permission denied');
  });

  it('an engagement goes on and ends, a policy is closed, and neither is taken away', async () => {
    await write('UPDATE engagement SET state = state, ends_at = ends_at, version = version');
    await write('UPDATE take_rate_policy SET effective_to = effective_to, closed_at = closed_at');
    for (const table of Object.keys(frozen))
      await expect(write(`DELETE FROM ${table}`)).rejects.toThrow('permission denied');
  });

  describe('the end of a take-rate policy', () => {
    const DAY = '2026-12-01T00:00:00Z';
    const PAST = '2026-11-01T00:00:00Z';
    const LATER = '2026-12-02T00:00:00Z';
    const end = (to: string | null, more = '') =>
      write(
        `UPDATE take_rate_policy SET effective_to = $1${more} WHERE scope = 'DEFAULT' AND effective_from < $2`,
        [to, PAST],
      );
    const next = (from: string, id = randomUUID(), approval: string | null = null) =>
      write(
        `INSERT INTO take_rate_policy (id, scope, lab_fee_ppm, expert_fee_ppm, rounding, effective_from, effective_to, reason, created_at, approval_request_id)
         VALUES ($1, 'DEFAULT', 100000, 0, 'HALF_EVEN', $2, $3, 'x', $4, $5)`,
        [id, from, from === PAST ? DAY : null, AT, approval],
      );
    const inOne = async (...steps: (() => Promise<unknown>)[]) => {
      await write('BEGIN');
      try {
        for (const step of steps) await step();
        await write('COMMIT');
      } catch (error) {
        await write('ROLLBACK');
        throw error;
      }
    };

    it('is moved by nobody but the policy that begins there', async () => {
      await expect(end(DAY)).rejects.toThrow('take_rate_policy_followed');
      await expect(
        inOne(
          () => end(DAY),
          () => next(LATER),
        ),
      ).rejects.toThrow('take_rate_policy_followed');
      await inOne(
        () => end(DAY),
        () => next(DAY),
      );
    });

    it('is not put off, taken away or set a second time', async () => {
      for (const later of ['2027-01-01T00:00:00Z', null])
        await expect(end(later)).rejects.toThrow('take_rate_policy_only_ends');
      await expect(end(DAY, ', closed_at = now()')).rejects.toThrow('take_rate_policy_only_ends');
    });

    it('is set into the past only by what another person approved, and kept with when it was set', async () => {
      const id = randomUUID();
      const closed = `, closed_at = '${AT}', planned_to = '${DAY}'`;
      const approved = await request({ action: 'take-rate.set', subject_id: id });
      await expect(
        inOne(
          () => end(PAST, closed),
          () => next(PAST, id, approved),
        ),
      ).rejects.toThrow('nobody approved');
      await decide(approved);
      await approve(approved);
      await expect(
        inOne(
          () => end(PAST, closed),
          () => next(PAST, randomUUID(), approved),
        ),
      ).rejects.toThrow('nobody approved');
      await expect(
        inOne(
          () => end(PAST),
          () => next(PAST, id, approved),
        ),
      ).rejects.toThrow('kept with when');
    });
  });
});
