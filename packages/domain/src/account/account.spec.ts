import { checkEmail, checkPassword, isTimeZone } from './account.rules';
import { checkOwners } from '../lab/lab.rules';
import { recommendChannel, LEVELS } from '../project/channel';

describe('a password', () => {
  it('is long, not the address and not a common one', () => {
    expect(checkPassword('four plain words here', 'ana@example.org').ok).toBe(true);
    expect(checkPassword('short', '')).toMatchObject({
      refusal: { code: 'PASSWORD_TOO_SHORT', field: 'password' },
    });
    expect(checkPassword('passwordpassword', '')).toMatchObject({ refusal: { code: 'PASSWORD_TOO_COMMON' } });
    expect(checkPassword('ana.maria@example.org', 'ana.maria@example.org')).toMatchObject({
      refusal: { code: 'PASSWORD_IS_EMAIL' },
    });
  });
});

describe('an address and a zone', () => {
  it('are read forgivingly and refused plainly', () => {
    expect(checkEmail(' Ana@Example.ORG ')).toEqual({ ok: true, value: 'ana@example.org' });
    for (const text of ['ana', 'ana@', 'a b@example.org', 'ana@localhost', '"x"@example.org'])
      expect(checkEmail(text).ok).toBe(false);
    expect([isTimeZone('Europe/Bucharest'), isTimeZone('UTC'), isTimeZone('Mars/Base')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a lab', () => {
  it('names owners whose shares are at most the whole', () => {
    expect(
      checkOwners([
        { name: 'Ana', shareBasisPoints: 6000 },
        { name: 'Ion', shareBasisPoints: 4000 },
      ]).ok,
    ).toBe(true);
    expect(
      checkOwners([
        { name: 'Ana', shareBasisPoints: 6000 },
        { name: 'Ion', shareBasisPoints: 4001 },
      ]),
    ).toMatchObject({ refusal: { code: 'SHARES_TOO_MUCH' } });
    expect(checkOwners([])).toMatchObject({ refusal: { code: 'OWNERS_MISSING' } });
  });
});

describe('a channel', () => {
  it('is the same for the same axes, always with a reason, and never a crowd for sensitive data', () => {
    for (const scarcity of LEVELS)
      for (const sensitivity of LEVELS)
        for (const control of LEVELS) {
          const { channel, reasons } = recommendChannel({ scarcity, sensitivity, control });
          expect(reasons.length).toBeGreaterThan(0);
          if (sensitivity !== 'LOW') expect(channel).not.toBe('SELF_SERVE_CROWD');
        }
  });
});
