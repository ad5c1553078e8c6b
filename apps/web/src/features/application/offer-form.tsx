import { useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabOpeningQuery, OfferPriceQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money } from '../../lib/money';
import { problemOf } from '../../lib/problem';
import { rules, said, wholeNumber } from '../../lib/rules';
import { today } from '../../lib/time';
import { counted } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { AmountField, TextField } from '../../ui/field';
import { ProblemNotice } from '../../ui/notice';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';

const OfferPrice = graphql(`
  query OfferPrice($applicationId: ID!, $rate: String!, $hours: Int!) {
    offerPrice(applicationId: $applicationId, rateMinorPerHour: $rate, weeklyCapHours: $hours) {
      takeRateExplanation
      hour {
        ...OfferTally
      }
      week {
        ...OfferTally
      }
      weeks
      isMost
      whole {
        ...OfferTally
      }
    }
  }
  fragment OfferTally on Tally {
    takeRatePpm
    price {
      minor
      currency
    }
    pay {
      minor
      currency
    }
    fee {
      minor
      currency
    }
  }
`);
const SendOffer = graphql(`
  mutation SendOffer($input: SendOfferInput!) {
    sendOffer(input: $input) {
      id
    }
  }
`);
type Price = OfferPriceQuery['offerPrice'];
const PRICED_AFTER_MS = 300;

/** Terms for an applicant: the pay is the lab's to say, within the band that stands beside it; with one hour and a full week worked out by the server before anything is sent. */
export function OfferForm({
  applicationId,
  expertName,
  opening,
}: {
  readonly applicationId: string;
  readonly expertName: string;
  readonly opening: LabOpeningQuery['publicOpening'];
}) {
  const { rateMin, rateMax, hoursPerWeek } = opening;
  const { currency } = rateMax;
  const form = useAppForm({
    values: {
      rateMinorPerHour: '',
      weeklyCapHours: String(hoursPerWeek),
      noticeDays: '7',
      startsOn: today(),
    },
    rules: rules.object({
      rateMinorPerHour: rules
        .string()
        .check(
          rules.refine((text) => amountFault(text, currency) === undefined, 'Write an amount, e.g. 45.50.'),
        ),
      weeklyCapHours: wholeNumber(1, 60, 'Hours'),
      noticeDays: wholeNumber(7, 60, 'Days'),
      startsOn: said('Choose the first day.'),
    }),
    write: SendOffer,
    variables: (values, idempotencyKey) => ({
      input: {
        applicationId,
        rateMinorPerHour: minorOf(values.rateMinorPerHour, currency),
        weeklyCapHours: Number(values.weeklyCapHours),
        noticeDays: Number(values.noticeDays),
        startsOn: values.startsOn,
        idempotencyKey,
      },
    }),
    onDone: () => say(`The offer to ${expertName} is out.`),
    keepAs: `offer-${applicationId}`,
  });
  const [rate, hours] = useWatch({
    control: form.control,
    name: ['rateMinorPerHour', 'weeklyCapHours'],
  });
  const { price, fault } = useOfferPrice(applicationId, minorOf(rate, currency), Number(hours));
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()}>
      <h4>Offer</h4>
      <ProblemNotice problem={form.problem} />
      <div className="grid">
        <AmountField
          form={form}
          name="rateMinorPerHour"
          label="Pay an hour"
          currency={currency}
          hint={`${money(rateMin)} to ${money(rateMax)}`}
        />
        <TextField form={form} name="weeklyCapHours" label="Weekly cap, hours" inputMode="numeric" />
        <TextField form={form} name="noticeDays" label="Notice, days" inputMode="numeric" />
        <DateField form={form} name="startsOn" label="First day" />
      </div>
      {fault && <p className="error">{fault}</p>}
      {price && <Priced price={price} />}
      <div className="row">
        <Confirm
          button="Send the offer"
          weight="main"
          title={`Send this offer to ${expertName}?`}
          verb="Send offer"
          isDisabled={price === undefined}
          isSending={form.isSending}
          run={async () => {
            await form.send();
            return true;
          }}
        >
          {price && <Priced price={price} />}
          <p>
            When {expertName} accepts, these terms are frozen and the first week is held from your balance.
            You can withdraw the offer until then.
          </p>
        </Confirm>
      </div>
    </form>
  );
}

function Priced({
  price: { hour, week, weeks, isMost, whole, takeRateExplanation },
}: {
  readonly price: Price;
}) {
  return (
    <>
      <div className="halves">
        <Tally tally={hour} label={isMost ? 'One hour, at most' : 'One hour'} />
        <Tally
          tally={week}
          label={`First week, if full${isMost ? ', at most' : ''}: held before it begins`}
        />
        <Tally
          tally={whole}
          label={`The whole, ${counted(weeks, 'week')} as planned, if all are full${isMost ? ', at most' : ''}`}
        />
      </div>
      <p className="quiet">{takeRateExplanation}</p>
    </>
  );
}

/** What the terms would cost, by the server, a moment after the last key; undefined while it is not known. */
function useOfferPrice(
  applicationId: string,
  rate: string,
  hours: number,
): { price?: Price; fault?: string } {
  const [asked, setAsked] = useState({ rate, hours });
  useEffect(() => {
    const wait = setTimeout(() => setAsked({ rate, hours }), PRICED_AFTER_MS);
    return () => clearTimeout(wait);
  }, [rate, hours]);
  const isReadable =
    asked.rate !== '' && Number.isInteger(asked.hours) && asked.hours >= 1 && asked.hours <= 60;
  const [{ data, error, fetching }] = useQuery({
    query: OfferPrice,
    variables: { applicationId, ...asked },
    pause: !isReadable,
  });
  if (!isReadable || asked.rate !== rate || asked.hours !== hours) return {};
  if (error) return { fault: problemOf(error).message };
  return fetching ? {} : { price: data?.offerPrice };
}
