import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BadSetting, printedSettings, readSettings, RETIRED, retiredIn, SETTINGS } from './settings';

const NEEDED = { DATABASE_URL: 'postgresql://app@localhost/tallystick' };

describe('the settings', () => {
  it('are printed for the start, which reads them before anything is installed', () => {
    const file = path.join(__dirname, '../../../settings.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(printedSettings());
  });

  it.each([
    ['REVIEW_DAYS', '9', 'a whole number from 1 to 7'],
    ['SESSION_IDLE_SECONDS', '-1', 'a whole number from 0 up'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug'],
    ['STRIPE_SECRET_KEY', 'abc', 'a text that begins with sk_ or rk_'],
    ['PUBLIC_URL', 'here', 'an address such as https://example.org'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'an address such as https://example.org'],
    ['REVIEW_DAYS', '0x3', 'a whole number from 1 to 7'],
    ['REVIEW_DAYS', '3.0', 'a whole number from 1 to 7'],
    ['SANDBOX_SECRET', 'short', 'a text of at least 16 characters'],
    ['DATABASE_URL', 'mysql://x', 'a text that begins with postgresql://'],
  ])('names %s, says what it must be and what to do', (name, value, must) => {
    const read = () => readSettings({ ...NEEDED, [name]: value });
    expect(read).toThrow(BadSetting);
    expect(read).toThrow(
      new RegExp(`^The setting ${name} \\(.*which is not ${must}: correct it and start again\\.$`),
    );
  });

  it('reads whole numbers, and leaves the default where nothing is given', () => {
    expect(readSettings({ ...NEEDED, REVIEW_DAYS: '3', PORT: '' })).toMatchObject({
      REVIEW_DAYS: 3,
      PORT: 4000,
    });
  });

  it('say of one that is no longer read what to do instead, and are read without it', () => {
    const old = { ...NEEDED, PAYOUT_MINIMUM_MINOR: '500', TAX_FORM_FROM: '' };
    expect(retiredIn(old)).toEqual([
      expect.stringMatching(
        /^The setting PAYOUT_MINIMUM_MINOR is no longer read: set PAYOUT_MINIMUM instead, .*\.$/,
      ),
    ]);
    expect(retiredIn(NEEDED)).toEqual([]);
    expect(readSettings(old)).toEqual(readSettings(NEEDED));
    expect(Object.keys(RETIRED).filter((name) => name in SETTINGS)).toEqual([]);
    const file = path.join(__dirname, '../../../retired-settings.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(RETIRED);
  });

  it('never shows a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://me:hidden@host/db' })).not.toThrow(/mysql|hidden/);
    expect(() => readSettings({ ...NEEDED, STRIPE_SECRET_KEY: 'pk_live_hidden' })).not.toThrow(/pk_|hidden/);
  });
});
