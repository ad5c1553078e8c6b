import { fundingWords, isFundingCurrency } from '@tallystick/domain';
import { Notice } from '../../ui/notice';

/** True where a lab can put money in for an opening that pays in a currency. */
export function canBeFunded(currency: string): boolean {
  return isFundingCurrency(currency);
}

/** What a lab has to know before an offer, where no money can come in for it; nothing where some can. */
export function NoFunding({ currency }: { readonly currency: string }) {
  if (canBeFunded(currency)) return null;
  return (
    <Notice tone="bad">
      This opening pays in {currency}, in which no money can come in: no week of it could be held, so no offer
      can be sent. Close it and post it again in {fundingWords()}.
    </Notice>
  );
}
