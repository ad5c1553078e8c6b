import { BANK_CURRENCIES } from './exchange';
import type { Body } from './store';

/** What somebody typed on the page, as it was sent. */
export type Typed = Readonly<Record<string, unknown>>;

/** A bank account as the page reads it. Of its number only the end is kept. */
export interface GivenBank {
  readonly country: string;
  readonly currency: string;
  readonly last4: string;
  /** True where the bank sends everything back: the number of a closed account was given. */
  readonly isClosed: boolean;
}

/** Stripe's own number for an account that its bank has closed. Source: docs.stripe.com/connect/testing, "Account numbers". */
const CLOSED = '000111111113';
const NUMBER = /^[A-Z0-9]{4,34}$/;

/** Reads what was typed; or says what is wrong, by field. */
export function readBank(
  typed: Typed,
  account: Body,
): { readonly bank: GivenBank } | { readonly faults: Readonly<Record<string, string>> } {
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  const currency = text('currency').toLowerCase();
  const number = text('number').replaceAll(/[\s-]/g, '').toUpperCase();
  const faults = {
    ...(BANK_CURRENCIES.includes(currency) ? {} : { currency: 'Choose a currency from the list.' }),
    ...(NUMBER.test(number)
      ? {}
      : { number: 'Write the number of the account: 4 to 34 letters and digits.' }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  const bank = {
    country: countryOf(account),
    currency,
    last4: number.slice(-4),
    isClosed: number === CLOSED,
  };
  return { bank };
}

/** The page on which the owner of an account says where their bank account is. Without script, as it is read everywhere. */
export function bankPage(
  token: string,
  account: Body,
  faults: Readonly<Record<string, string>> = {},
  typed: Typed = {},
): string {
  const { last4 } = (account.bank ?? {}) as { last4?: string };
  const { currency: own = 'usd' } = (account.defaults ?? {}) as { currency?: string };
  const chosen = typeof typed.currency === 'string' ? typed.currency : own;
  const options = BANK_CURRENCIES.map(
    (code) => `<option value="${code}"${code === chosen ? ' selected' : ''}>${code.toUpperCase()}</option>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bank details · The stand-in bank</title><link rel="stylesheet" href="/_sandbox/onboarding/page.css"></head>
<body><main>
<h1>The stand-in bank</h1>
<p>This page plays the payment provider, for trying: no real money moves. The real one would also ask for your legal name, your date of birth and your tax number here.</p>
${last4 ? `<p>The bank account now ends in <strong>${escaped(last4)}</strong>.</p>` : ''}
<form method="post" action="/_sandbox/onboarding/${escaped(token)}">
<dl><dt>Country of the bank account</dt><dd>${escaped(countryName(countryOf(account)))}</dd></dl>
${field('currency', 'Currency of the bank account', faults, (about) => `<select id="currency" name="currency"${about}>${options.join('')}</select>`)}
${field(
  'number',
  'Account number or IBAN',
  faults,
  (about) =>
    `<input id="number" name="number" type="text" autocomplete="off" spellcheck="false" maxlength="50"${about}>`,
  `Any 4 to 34 letters and digits, e.g. 000123456789. ${CLOSED} is an account that its bank has closed: what is paid there comes back. Only the last four are kept.`,
)}
<button>Save and go back</button>
</form></main></body></html>`;
}

/** What the page looks like. A file of its own: pages that are shown inside of the product's address take no styles of their own. */
export const BANK_PAGE_CSS = `:root { color-scheme: light dark; font: 400 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f4f6f8, #14171a); color: light-dark(#1b2127, #e8ecef); }
main { box-sizing: border-box; max-width: 34rem; margin: 3rem auto; padding: 2rem; background: light-dark(#fff, #1d2226); border: 1px solid light-dark(#c9d1d8, #3b444b); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
dl { margin: 1.25rem 0; } dt, label { font-weight: 600; } dd { margin: 0; }
.field { margin: 1.25rem 0; } label { display: block; margin-bottom: .25rem; }
select, input { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem; font: inherit; color: inherit; background: light-dark(#fff, #14171a); border: 1px solid light-dark(#6b7781, #8a959d); }
.about { margin: .25rem 0 0; font-size: .875rem; color: light-dark(#4c5760, #b4bec5); }
.fault { margin: .25rem 0 0; color: light-dark(#a3212b, #ff9a94); }
button { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; color: light-dark(#fff, #14171a); background: light-dark(#24507a, #8fc4ee); border: 0; cursor: pointer; }
:focus-visible { outline: 3px solid light-dark(#1d5a8a, #8fc4ee); outline-offset: 2px; }
@media (max-width: 30rem) { main { margin: 0; padding: 1rem; border: 0; } }
`;

function field(
  name: string,
  label: string,
  faults: Readonly<Record<string, string>>,
  control: (about: string) => string,
  about?: string,
): string {
  const fault = faults[name];
  const ids = [fault && `${name}-fault`, about && `${name}-about`].filter(Boolean).join(' ');
  const described = `${ids ? ` aria-describedby="${ids}"` : ''}${fault ? ' aria-invalid="true"' : ''}`;
  return `<div class="field"><label for="${name}">${label}</label>${control(described)}
${fault ? `<p class="fault" id="${name}-fault">${fault}</p>` : ''}${about ? `<p class="about" id="${name}-about">${about}</p>` : ''}</div>`;
}

/** An account of the older way names no country: it is the platform's own. */
function countryOf(account: Body): string {
  const { country = 'us' } = (account.identity ?? {}) as { country?: string };
  return country.toUpperCase();
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code) : code;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
