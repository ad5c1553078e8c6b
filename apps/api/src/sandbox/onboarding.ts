import type { FastifyInstance } from 'fastify';
import { activate } from './operations/accounts';
import type { Body, Books, Store } from './store';

/** The page of the rail on which the owner of an account fills in what is asked for. Its address is the permission, for five minutes. */
export function onboardingPages(http: FastifyInstance, store: Store): void {
  http.get('/_sandbox/onboarding/:token', async (request, reply) => {
    const { token = '' } = request.params as Record<string, string>;
    const link = await store.transaction((books) => linkOf(books, token));
    if (link?.isOver === false) return reply.type('text/html; charset=utf-8').send(page(token));
    return leave(reply, link?.refreshUrl);
  });
  http.post('/_sandbox/onboarding/:token', async (request, reply) => {
    const { token = '' } = request.params as Record<string, string>;
    const link = await store.transaction(async (books) => {
      const found = await linkOf(books, token);
      if (found?.isOver !== false) return found;
      await activate(books, found.account);
      await books.update(`link_${token}`, { is_used: true });
      return found;
    });
    return leave(reply, link?.isOver === false ? link.returnUrl : link?.refreshUrl);
  });
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
  return to ? reply.redirect(to, 303) : reply.code(404).send('This link is over. Ask for a new one.');
}

function page(token: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The stand-in bank</title>
<body style="font-family: system-ui; max-width: 32rem; margin: 4rem auto; padding: 0 1rem">
<h1>The stand-in bank</h1>
<p>A real bank would ask for your legal name, your date of birth, your tax number and a bank account here. Nothing is kept: this is for trying.</p>
<form method="post" action="/_sandbox/onboarding/${token}"><button style="font: inherit; padding: .6rem 1rem">Fill in and return</button></form>
</body></html>`;
}
