import type { Body } from '../store';

/** True where transfers to an account may be made. */
export function isPayable(account: Body): boolean {
  const { configuration } = account as {
    configuration?: {
      recipient?: { capabilities?: { stripe_balance?: { stripe_transfers?: { status?: unknown } } } };
    };
  };
  return configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status === 'active';
}

/** The bank account of a connected account; a sound one where none was kept. */
export function bankOf(account: Body): { readonly id: string | null; readonly status: string } {
  const { bank } = account as { bank?: { id: string; status: string } };
  return bank ?? { id: null, status: 'ok' };
}
