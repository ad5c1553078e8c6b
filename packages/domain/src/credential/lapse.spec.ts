import { checkNotLapsed } from './lapse';

describe('a last day', () => {
  const day = new Date('2026-12-31');
  it('counts whole, and no longer', () => {
    expect(checkNotLapsed(day, new Date('2026-12-31T23:59:59.999Z')).ok).toBe(true);
    expect(checkNotLapsed(day, new Date('2027-01-01T00:00:00Z'))).toMatchObject({
      refusal: { code: 'CREDENTIAL_LAPSED', field: 'expiresOn' },
    });
  });

  it('that there is none of never passes', () => {
    expect(checkNotLapsed(null, new Date('2099-01-01')).ok).toBe(true);
  });
});
