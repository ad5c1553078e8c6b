import { money } from '../../lib/money';
import { Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { HeldReason } from './held-reason';
import { payableWords, type EarningsInOneCurrency } from './payout-words';

/** Where the earnings in one currency are: payable, held and why, on their way, paid. */
export function Whereabouts({
  earnings,
  nettingPercent,
}: {
  readonly earnings: EarningsInOneCurrency;
  readonly nettingPercent: number;
}) {
  const { payable, heldBack, onItsWay, paid, owed, writtenOff, earned, blocks, currency } = earnings;
  return (
    <section aria-label={`Where your money is, ${currency}`}>
      {blocks.length > 0 && heldBack.minor !== '0' && (
        <Notice tone="warning">
          <p>
            <strong>{money(heldBack)} waits:</strong>
          </p>
          <ul>
            {blocks.map((block) => (
              <li key={block.gate + (block.until ?? '')}>
                <HeldReason block={block} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {writtenOff.minor !== '0' && (
        <p className="quiet">
          {money(writtenOff)} was paid to you for lines that were taken back since. It was written off: we
          bear it, and nothing goes off what you earn for it.
        </p>
      )}
      {owed.minor !== '0' && (
        <Notice tone="warning">
          {money(owed)} was paid to you for lines that were taken back since. It goes off what you earn next:
          at most {nettingPercent} % of the pay of each line, so that the rest of every week stays yours. Each
          time it is a line of its own in your statement below. Nothing is taken from your bank account.
        </Notice>
      )}
      <Figures
        figures={[
          {
            label: 'Payable now',
            value: money(payable),
            tone: 'expert',
            about: payableWords(earnings),
          },
          {
            label: 'Held',
            value: money(heldBack),
            about: heldBack.minor === '0' ? 'Nothing waits.' : 'Why is said above.',
          },
          { label: 'On its way', value: money(onItsWay), about: 'Sent, not in the bank yet.' },
          { label: 'Paid', value: money(paid), about: `Of ${money(earned)} earned in all.` },
        ]}
      />
    </section>
  );
}
