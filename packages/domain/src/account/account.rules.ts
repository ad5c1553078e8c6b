import { ok, refuse, type Result } from '../result/result';

const SHORTEST = 12;
const LONGEST = 128;
const COMMON = [
  'passwordpassword',
  'password1234',
  '123456789012',
  '1234567890123',
  'qwertyuiop12',
  'qwertyuiopasdf',
  'adminadminadmin',
  'letmeinletmein',
  'iloveyouiloveyou',
  'tallystick1234',
];

/** Checks a password: length, not the address, not a common one. No rules of composition (NIST 800-63B). */
export function checkPassword(password: string, email: string): Result<string> {
  const about = { field: 'password' };
  if (password.length < SHORTEST)
    return refuse(
      'PASSWORD_TOO_SHORT',
      `Use at least ${SHORTEST} characters. A few words in a row are good.`,
      about,
    );
  if (password.length > LONGEST)
    return refuse('PASSWORD_TOO_LONG', `Use at most ${LONGEST} characters.`, about);
  const plain = password.toLowerCase();
  if (COMMON.includes(plain) || new Set(plain).size < 4)
    return refuse(
      'PASSWORD_TOO_COMMON',
      'This password is one of the first that others try. Choose another.',
      about,
    );
  if (email !== '' && (plain === email || plain === email.split('@')[0]))
    return refuse('PASSWORD_IS_EMAIL', 'Your address is not a secret. Choose another password.', about);
  return ok(password);
}

/** Checks and lower-cases an email address. */
export function checkEmail(text: string): Result<string> {
  const email = text.trim().toLowerCase();
  if (email.length <= 254 && /^[^\s@<>(),;:"\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(email))
    return ok(email);
  return refuse('EMAIL_UNREADABLE', 'This is not an email address. It looks like name@example.org.', {
    field: 'email',
  });
}

/** True for an IANA time zone that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(zone);
  } catch {
    return false;
  }
}

export const LAB_ROLES = ['OWNER', 'MANAGER', 'REVIEWER', 'FINANCE'] as const;
export const STAFF_ROLES = ['VERIFIER', 'TRUST', 'FINANCE', 'AUDITOR', 'ADMIN'] as const;
/** Staff roles that decide on others' money or standing: two people give them. */
export const ROLES_BY_TWO = ['TRUST', 'FINANCE', 'ADMIN'] as const;
