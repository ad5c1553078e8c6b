import { Sheet } from '../../ui/page';
import { Tally } from '../../ui/tally';
import type { LabProjectQuery } from '../../gql/graphql';

/** What all layers cost together: one full week, and the whole. */
export function ProjectTotals({ totals }: { readonly totals: LabProjectQuery['project']['totals'] }) {
  return (
    <>
      {totals.map(({ currency, week, whole }) => (
        <Sheet key={currency} label={`All layers in ${currency}`}>
          <h3>All layers together{totals.length > 1 ? `, in ${currency}` : ''}</h3>
          <div className="halves">
            <Tally tally={week} label="One week, every seat and hour" />
            <Tally tally={whole} label="Every seat, hour and week" />
          </div>
          <p className="quiet">
            At the upper end of pay, so this is the most that it can cost. You pay only for approved hours.
          </p>
        </Sheet>
      ))}
    </>
  );
}
