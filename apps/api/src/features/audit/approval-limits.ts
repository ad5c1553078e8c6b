import { Injectable } from '@nestjs/common';
import { limitMinor, readLimits, type AmountLimits, type Currency } from '@tallystick/domain';
import { Config } from '../../platform/config/config';

/** Up to which amounts one person's word is enough, minor units of a currency; nothing in a currency without a limit of its own. */
@Injectable()
export class ApprovalLimits {
  private readonly payout: AmountLimits;
  private readonly refund: AmountLimits;
  private readonly credit: AmountLimits;

  constructor(config: Config) {
    this.payout = readLimits(config.get('PAYOUT_APPROVAL_ABOVE'));
    this.refund = readLimits(config.get('REFUND_APPROVAL_ABOVE'));
    this.credit = readLimits(config.get('CREDIT_APPROVAL_ABOVE'));
  }

  /** What goes out to an expert within 24 hours, a hold that is let go, a charged line that is taken back. */
  payoutMinor(currency: Currency): bigint {
    return limitMinor(this.payout, currency);
  }

  /** What goes back to a lab within 24 hours. */
  refundMinor(currency: Currency): bigint {
    return limitMinor(this.refund, currency);
  }

  /** What a lab may owe at a time. */
  creditMinor(currency: Currency): bigint {
    return limitMinor(this.credit, currency);
  }
}
