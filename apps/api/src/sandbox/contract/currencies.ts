/** The currencies that Stripe takes, in the order in which it names them. Source: docs.stripe.com/currencies. */
const CURRENCIES =
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sll sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw usdc ghs'.split(
    ' ',
  );

const KNOWN: ReadonlySet<string> = new Set(CURRENCIES);

/** True where Stripe takes a currency; it writes them small. */
export function isRailCurrency(code: string): boolean {
  return KNOWN.has(code);
}

/** What Stripe says of a currency that it does not take. */
export function unknownCurrency(code: string): string {
  return `Invalid currency: ${code}. Stripe currently supports these currencies: ${CURRENCIES.join(', ')}`;
}
