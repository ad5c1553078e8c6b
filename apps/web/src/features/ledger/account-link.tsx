import { Link } from '@tanstack/react-router';
import { accountKindWords, accountParts } from '../../lib/record-words';

/** An account by its code, in words, as a way to its statement. */
export function AccountLink({ code }: { readonly code: string }) {
  const { kind, currency } = accountParts(code);
  return (
    <Link to="/admin/ledger/accounts/$code" params={{ code }}>
      {accountKindWords(kind)}, {currency}
    </Link>
  );
}
