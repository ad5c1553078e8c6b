import { missing, type Body, type Books } from '../store';
import type { ReadCall } from './call';
import { pageOf, wantedOf } from './page';

/** An event that was told, by its id. */
export async function retrieveEvent(books: Books, { params }: ReadCall): Promise<Body> {
  const { rows } = await books.client.query<{ body: Body }>(
    `SELECT body FROM sandbox.event WHERE id = $1 AND route <> 'v2'`,
    [params.id],
  );
  if (!rows[0]) throw missing('event', params.id ?? '');
  return rows[0].body;
}

/** What happened on the platform's account, or on the connected one for which the call is; newest first. */
export async function eventsOf(books: Books, { body, account }: ReadCall): Promise<Body> {
  const { gte = 0 } = (body.created ?? {}) as { gte?: number };
  const types = (body.types as string[] | undefined) ?? (body.type === undefined ? null : [body.type]);
  const wanted = await wantedOf('event', body, (id) => isListed(books, id, account));
  const { limit, after, before } = wanted;
  const [than, order] = before === undefined ? ['<', 'DESC'] : ['>', 'ASC'];
  const { rows } = await books.client.query<{ body: Body }>(
    `SELECT body FROM sandbox.event WHERE route <> 'v2' AND body->>'account' IS NOT DISTINCT FROM $1
     AND ($2::text[] IS NULL OR body->>'type' = ANY($2)) AND created_at >= to_timestamp($3)
     AND ($4::text IS NULL OR (created_at, id) ${than} (SELECT created_at, id FROM sandbox.event WHERE id = $4))
     ORDER BY created_at ${order}, id ${order} LIMIT $5`,
    [account ?? null, types, gte, before ?? after ?? null, limit + 1],
  );
  const found = rows.map((row) => row.body);
  return pageOf('/v1/events', found, wanted);
}

async function isListed(books: Books, id: string, account: string | undefined): Promise<boolean> {
  const { rowCount } = await books.client.query(
    `SELECT 1 FROM sandbox.event WHERE id = $1 AND route <> 'v2' AND body->>'account' IS NOT DISTINCT FROM $2`,
    [id, account ?? null],
  );
  return rowCount === 1;
}
