import { PLATFORM_CURRENCY } from '../exchange';
import { RailError, type Body, type Books } from '../store';

export const CAPABILITY_EVENT = 'v2.core.account[configuration.recipient].capability_status_updated';

/** True where transfers to an account may be made. */
export function isPayable(account: Body): boolean {
  return transfersOf(account) === 'active';
}

function transfersOf(account: Body): unknown {
  const { configuration } = account as {
    configuration?: {
      recipient?: { capabilities?: { stripe_balance?: { stripe_transfers?: { status?: unknown } } } };
    };
  };
  return configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
}

/** Refuses what is asked for a connected account that is not there. */
export async function mustReach(books: Books, account: string | undefined): Promise<void> {
  if (account === undefined || (await books.has('account', account))) return;
  throw new RailError(
    403,
    'account_invalid',
    `The provided key does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
  );
}

/** True where nobody has filled anything in yet. */
export function isNew(account: Body): boolean {
  return transfersOf(account) === 'pending';
}

/** The currency in which an account settles: that of its bank account, the platform's where nobody has said. */
export function settlesIn({ defaults }: Body): string {
  return String((defaults as Body | null | undefined)?.currency ?? PLATFORM_CURRENCY).toLowerCase();
}

/** The bank account of a connected account, as its events and its list tell of it. */
export function bankObject(account: Body): Body {
  const { identity } = account as { identity?: Body | null };
  const { status, ...bank } = (account.bank ?? {}) as Body;
  return {
    ...{ object: 'bank_account', account: account.id, default_for_currency: true },
    ...{ currency: settlesIn(account), country: String(identity?.country ?? 'us').toUpperCase() },
    ...{ ...bank, status: status === 'errored' ? status : 'new' },
  };
}

/** The bank account of a connected account; a sound one where none was kept. */
export function bankOf(account: Body): {
  readonly id: string | null;
  readonly status: string;
  /** True where the bank sends back whatever is paid there. */
  readonly isClosed?: boolean;
} {
  const { bank } = account as { bank?: { id: string; status: string; isClosed?: boolean } };
  return bank ?? { id: null, status: 'ok' };
}

/** What a recipient may do: take transfers, and pay out to its bank. */
export function recipientWith(transfers: string, payouts = transfers): Body {
  const capability = (status: string) => ({ status, status_details: [] });
  return {
    recipient: {
      applied: true,
      capabilities: {
        stripe_balance: { stripe_transfers: capability(transfers), payouts: capability(payouts) },
      },
    },
  };
}

/** What the owner of an account has to fill in, and which capability waits for it. */
export function asking(
  books: Books,
  description = 'identity.individual.id_numbers',
  capability = 'stripe_balance.stripe_transfers',
): Body {
  const entry = {
    awaiting_action_from: 'user',
    description,
    errors: [],
    impact: {
      restricts_capabilities: [
        { capability, configuration: 'recipient', deadline: { status: 'currently_due' } },
      ],
    },
    minimum_deadline: { status: 'currently_due' },
    requested_reasons: [{ code: 'routine_onboarding' }],
  };
  return {
    entries: [entry],
    summary: { minimum_deadline: { status: 'currently_due', time: books.now.toISOString() } },
  };
}
