import { Injectable } from '@nestjs/common';
import { CURRENCIES, type Currency } from '@tallystick/domain';
import { Config } from '../../platform/config/config';

/** Up to which amounts one person's word is enough, minor units of a currency. */
@Injectable()
export class ApprovalLimits {
  constructor(private readonly config: Config) {}

  /** What goes back to a lab within 24 hours. */
  refundMinor(currency: Currency): bigint {
    return this.minor('REFUND_APPROVAL_ABOVE', currency);
  }

  /** What a lab may owe at a time. */
  creditMinor(currency: Currency): bigint {
    return this.minor('CREDIT_APPROVAL_ABOVE', currency);
  }

  private minor(name: 'REFUND_APPROVAL_ABOVE' | 'CREDIT_APPROVAL_ABOVE', currency: Currency): bigint {
    return BigInt(this.config.get(name)) * 10n ** BigInt(CURRENCIES[currency].digits);
  }
}
