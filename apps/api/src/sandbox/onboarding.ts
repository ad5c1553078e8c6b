import type { FastifyInstance } from 'fastify';
import { BANK_PAGE_CSS, bankPage, readBank, type Typed } from './bank-page';
import { giveBank } from './operations/accounts';
import type { Body, Books, Store } from './store';

/** The page of the rail on which the owner of an account fills in what is asked for. Its address is the permission, for five minutes. */
export function onboardingPages(http: FastifyInstance, store: Store): void {
  http.get('/_sandbox/onboarding/page.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(BANK_PAGE_CSS),
  );
  http.get('/_sandbox/onboarding/:token', async (request, reply) => {
    const { token = '' } = request.params as Record<string, string>;
    const shown = await store.transaction(async (books) => {
      const link = await linkOf(books, token);
      return { link, account: link && (await books.get('account', link.account)) };
    });
    if (shown.account && shown.link?.isOver === false)
      return reply.type('text/html; charset=utf-8').send(bankPage(token, shown.account));
    return leave(reply, shown.link?.refreshUrl);
  });
  http.post('/_sandbox/onboarding/:token', async (request, reply) => {
    const { token = '' } = request.params as Record<string, string>;
    const typed = (request.body ?? {}) as Typed;
    const { link, again } = await store.transaction((books) => fillIn(books, token, typed));
    if (again !== undefined) return reply.code(400).type('text/html; charset=utf-8').send(again);
    return leave(reply, link?.isOver === false ? link.returnUrl : link?.refreshUrl);
  });
}

/** Keeps what was typed and uses the link up; where something is wrong the page is shown again, and the link stays good. */
async function fillIn(
  books: Books,
  token: string,
  typed: Typed,
): Promise<{ readonly link?: Link; readonly again?: string }> {
  const link = await linkOf(books, token);
  if (link?.isOver !== false) return { link };
  const account = await books.get('account', link.account);
  const read = readBank(typed, account);
  if ('faults' in read) return { link, again: bankPage(token, account, read.faults, typed) };
  await giveBank(books, link.account, read.bank);
  await books.update(`link_${token}`, { is_used: true });
  return { link };
}
interface Link {
  readonly account: string;
  readonly returnUrl: string | null;
  readonly refreshUrl: string | null;
  /** True where it was used, or is older than it may be. */
  readonly isOver: boolean;
}

async function linkOf(books: Books, token: string): Promise<Link | undefined> {
  const found: Body | undefined = await books.find(`link_${token}`);
  if (!found) return undefined;
  return {
    account: String(found.account),
    returnUrl: found.return_url as string | null,
    refreshUrl: found.refresh_url as string | null,
    isOver: found.is_used === true || new Date(String(found.expires_at)) < books.now,
  };
}

/** Where a link is over Stripe sends its visitor to the page that asks for a new one. */
function leave(
  reply: {
    redirect(to: string, status: number): unknown;
    code(status: number): { send(text: string): unknown };
  },
  to: string | null | undefined,
) {
  return to ? reply.redirect(to, 303) : reply.code(410).send('This link is over. Ask for a new one.');
}
