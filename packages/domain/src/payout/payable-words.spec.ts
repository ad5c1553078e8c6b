import { payableWords } from './payable-words';

const usd = (minor: bigint) => ({ minor, currency: 'USD' as const });

describe('which amounts can be paid out', () => {
  it.each([
    [100n, 1234n, 'From US$1.00 up to US$12.34 can be paid out now. Ask for an amount within that.'],
    [100n, 100n, 'Exactly US$1.00 can be paid out now. Ask for that.'],
    [
      100n,
      40n,
      'US$0.40 is ready, which is less than the smallest payout of US$1.00. It can be paid out once it has grown to that.',
    ],
  ])('names the least (%s) and the most (%s)', (least, most, words) => {
    expect(payableWords(usd(least), usd(most))).toBe(words);
  });
});
