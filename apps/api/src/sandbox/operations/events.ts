import { RailError, type Body, type Books } from '../store';
import type { ReadCall } from './call';

/** An event that was told, by its id. */
export async function retrieveEvent(books: Books, { params }: ReadCall): Promise<Body> {
  const { rows } = await books.client.query<{ body: Body }>(
    `SELECT body FROM sandbox.event WHERE id = $1 AND route <> 'v2'`,
    [params.id],
  );
  if (!rows[0])
    throw new RailError(404, 'resource_missing', `No such event: '${params.id ?? ''}'`, { param: 'id' });
  return rows[0].body;
}

/** What happened on the platform's account, or on the connected one for which the call is; newest first. */
export async function eventsOf(books: Books, { body, account }: ReadCall): Promise<Body> {
  const limit = Math.min(100, Math.max(1, Number(body.limit ?? 10)));
  const { gte = 0 } = (body.created ?? {}) as { gte?: number };
  const types = (body.types as string[] | undefined) ?? (body.type === undefined ? null : [body.type]);
  const { rows } = await books.client.query<{ body: Body }>(
    `SELECT body FROM sandbox.event WHERE route <> 'v2' AND body->>'account' IS NOT DISTINCT FROM $1
     AND ($2::text[] IS NULL OR body->>'type' = ANY($2)) AND created_at >= to_timestamp($3)
     AND ($4::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM sandbox.event WHERE id = $4))
     ORDER BY created_at DESC, id DESC LIMIT $5`,
    [account ?? null, types, gte, body.starting_after ?? null, limit + 1],
  );
  const data = rows.map((row) => row.body);
  return { object: 'list', url: '/v1/events', has_more: data.length > limit, data: data.slice(0, limit) };
}
