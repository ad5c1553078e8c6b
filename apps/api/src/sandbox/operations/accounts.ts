import { randomBytes } from 'node:crypto';
import type { GivenBank } from '../bank-page';
import { RailError, type Body, type Books } from '../store';
import type { ReadCall } from './call';
import { pageOf, wantedOf } from './page';
import { payOutBalance } from './payouts';
import {
  asking,
  bankObject,
  bankOf,
  CAPABILITY_EVENT,
  isNew,
  isPayable,
  mustReach,
  recipientWith,
} from './recipient';

const LINK_SECONDS = 300;

/** Opens a recipient account. It becomes active by itself, or where it was told to ask for more, when somebody fills that in. */
export async function createRecipient(books: Books, { body }: ReadCall): Promise<Body> {
  const asksForMore = (await books.takeFailure('account')) === 'asks_for_more';
  const account = await books.insert('account', {
    id: books.id('acct'),
    object: 'v2.core.account',
    display_name: body.display_name ?? null,
    contact_email: body.contact_email ?? null,
    created: books.now.toISOString(),
    livemode: false,
    dashboard: body.dashboard ?? 'none',
    closed: false,
    metadata: body.metadata ?? {},
    identity: body.identity ?? null,
    defaults: defaultsOf(body.defaults),
    applied_configurations: ['recipient'],
    configuration: recipientWith('pending'),
    requirements: asksForMore ? asking(books) : { entries: [] },
    bank: newBank(),
  });
  if (!asksForMore) await books.schedule('account.activates', account.id, 'onboarding');
  return including(account, body.include);
}

/** What was asked for, and who collects what is missing: the rail itself, on its own page. */
function defaultsOf(asked: unknown): Body | null {
  if (asked === undefined || asked === null) return null;
  const { responsibilities } = asked as Body;
  return {
    ...asked,
    responsibilities: { requirements_collector: 'stripe', ...(responsibilities as Body) },
  };
}

/** A recipient account as v2 answers: what was not asked to be included is not there. */
export async function retrieveRecipient(books: Books, { params, body }: ReadCall): Promise<Body> {
  return including(await books.get('account', params.id ?? ''), body.include);
}

/** The bank account of a connected account, as a list: it has one at most. */
export async function externalAccounts(books: Books, { params, body }: ReadCall): Promise<Body> {
  const id = params.id ?? '';
  await mustReach(books, id);
  const bank = bankObject(await books.get('account', id));
  const wanted = await wantedOf('external_account', body, async (cursor) => cursor === bank.id);
  const isAsked = bank.id !== undefined && (body.object === undefined || body.object === bank.object);
  const isPast = wanted.after !== undefined || wanted.before !== undefined;
  return pageOf(`/v1/accounts/${id}/external_accounts`, isAsked && !isPast ? [bank] : [], wanted);
}

/** A page of the rail on which the account's owner fills in what is asked for, for five minutes. */
export async function createAccountLink(books: Books, { body }: ReadCall): Promise<Body> {
  const account = await books.get('account', String(body.account), undefined, 'account');
  const {
    type,
    account_onboarding: onboarding,
    account_update: update,
  } = body.use_case as Record<string, Body>;
  const wanted = onboarding ?? update;
  if (!wanted)
    throw new RailError(400, 'parameter_missing', 'Missing required param: use_case[account_onboarding].', {
      param: 'use_case[account_onboarding]',
    });
  // Who fills it in themselves decides when the account is ready: it no longer becomes so by itself.
  await books.client.query(`DELETE FROM sandbox.due WHERE what = 'account.activates' AND object_id = $1`, [
    account.id,
  ]);
  const token = randomBytes(16).toString('hex');
  const expires = new Date(books.now.getTime() + LINK_SECONDS * 1000);
  await books.insert('account_link', {
    id: `link_${token}`,
    account: account.id,
    expires_at: expires.toISOString(),
    return_url: wanted.return_url ?? null,
    refresh_url: wanted.refresh_url ?? null,
  });
  return {
    object: 'v2.core.account_link',
    account: account.id,
    created: books.now.toISOString(),
    expires_at: expires.toISOString(),
    livemode: false,
    url: `/_sandbox/onboarding/${token}`,
    use_case: { type, account_onboarding: wanted },
  };
}

/** An account in the older way, which Stripe's own client still opens. */
export async function createOldAccount(books: Books, { body }: ReadCall): Promise<Body> {
  const account = await books.insert('account', {
    id: books.id('acct'),
    object: 'account',
    type: body.type ?? 'standard',
    created: books.epochSeconds(),
    metadata: body.metadata ?? {},
    configuration: recipientWith('active'),
    bank: newBank(),
  });
  await books.emit('connect', 'account.updated', account, account.id);
  return account;
}

/** Writes on an account of the older way. */
export async function updateOldAccount(books: Books, { params, body }: ReadCall): Promise<Body> {
  const { metadata } = await books.get('account', params.id ?? '');
  const account = await books.update(params.id ?? '', {
    metadata: { ...(metadata as Body), ...(body.metadata as Body) },
  });
  await books.emit('connect', 'account.updated', account, String(account.id));
  return account;
}

/** Everything that was asked for is there, another bank account where the one that was there is broken: the account can be paid. */
export async function activate(books: Books, id: string): Promise<void> {
  const before = await books.get('account', id);
  if (bankOf(before).status !== 'ok') await changeBank(books, id);
  else if (isNew(before))
    await books.emit('connect', 'account.external_account.created', bankObject(before), id);
  const account = await books.update(id, {
    configuration: recipientWith('active'),
    requirements: { entries: [] },
  });
  await books.emit('v2', CAPABILITY_EVENT, account);
}

/** The rail wants to know more: until then the account cannot be paid. */
export async function askForMore(books: Books, id: string): Promise<void> {
  const account = await books.update(id, {
    configuration: recipientWith('restricted', 'active'),
    requirements: asking(books),
  });
  await books.emit('v2', 'v2.core.account[requirements].updated', account);
  await books.emit('v2', CAPABILITY_EVENT, account);
}

/** The owner of an account gave a bank account on the page, and with it everything that was asked for. */
export async function giveBank(books: Books, id: string, given: GivenBank): Promise<void> {
  const { currency, ...bank } = given;
  const { defaults } = await books.get('account', id);
  await books.update(id, { defaults: { ...(defaults as Body), currency } });
  await changeBank(books, id, bank);
  await activate(books, id);
}

/** Another bank account: what could not be paid out is tried again. */
export async function changeBank(books: Books, id: string, given: Body = {}): Promise<void> {
  const isOpen = isPayable(await books.get('account', id));
  const account = await books.update(id, {
    bank: { ...newBank(), ...given },
    ...(isOpen && { configuration: recipientWith('active'), requirements: { entries: [] } }),
  });
  await books.emit('connect', 'account.external_account.created', bankObject(account), id);
  await books.emit('v2', 'v2.core.account.updated', account);
  await payOutBalance(books, id);
}

function newBank(): Body {
  return { id: `ba_${randomBytes(12).toString('hex')}`, status: 'ok', last4: '6789' };
}

const INCLUDABLE = ['configuration', 'defaults', 'identity', 'requirements', 'future_requirements'];

function including(account: Body, include: unknown): Body {
  const asked = new Set((Array.isArray(include) ? include : []).map((path) => String(path).split('.')[0]));
  const left = INCLUDABLE.filter((name) => !asked.has(name));
  return Object.fromEntries(Object.entries(account).filter(([name]) => !left.includes(name)));
}
