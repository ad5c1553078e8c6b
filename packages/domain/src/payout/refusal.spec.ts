import { isKeyForgotten, isLastingReturn, refusalKind } from './refusal';

describe('what the rail refuses', () => {
  it('is tried again by itself, unless the account itself is what is wrong', () => {
    expect(['balance_insufficient', 'account_invalid', 'rate_limit'].map(refusalKind)).toEqual(
      Array(3).fill('RETRYABLE'),
    );
    expect(['account_closed', 'insufficient_capabilities_for_transfer'].map(refusalKind)).toEqual([
      'TERMINAL',
      'TERMINAL',
    ]);
  });

  it('comes back from a bank for good where the bank account is what is wrong', () => {
    expect(['account_closed', 'no_account', 'could_not_process'].map(isLastingReturn)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is looked up before it is asked again once the rail may have forgotten the key', () => {
    const at = (hours: number) => new Date(Date.UTC(2026, 10, 18, hours));
    expect([isKeyForgotten(at(0), at(23)), isKeyForgotten(at(0), at(24))]).toEqual([false, true]);
  });
});
