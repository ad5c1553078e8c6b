import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money } from '../../lib/money';
import { problemOf } from '../../lib/problem';
import { rules, said, wholeNumber } from '../../lib/rules';
import { today } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { AmountField, TextField } from '../../ui/field';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { Tally } from '../../ui/tally';
import { useAction } from '../../ui/use-action';
import type { SeatNames } from './seat-words';
import type { Proposal, SeatOpening } from './seats';

const ConfirmSeats = graphql(`
  mutation ConfirmSeats($input: ConfirmSeatsInput!) {
    confirmSeats(input: $input) {
      id
      state
      offersLeft
    }
  }
`);
const SeatPrices = graphql(`
  query SeatPrices($proposalId: ID!, $terms: [SeatTermsInput!]!) {
    seatPrices(proposalId: $proposalId, terms: $terms) {
      openingId
      seats
      week {
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
    }
  }
`);
const PRICED_AFTER_MS = 300;

interface Terms {
  readonly openingId: string;
  readonly rateMinorPerHour: string;
  readonly weeklyCapHours: number;
  readonly noticeDays: number;
  readonly startsOn: string;
}

interface OfferProps {
  readonly proposal: Proposal;
  readonly openings: readonly SeatOpening[];
  readonly names: SeatNames;
}

/** The way from a proposal to offers, and what came of each once it is confirmed. */
export function SeatOffers(props: OfferProps) {
  const { proposal, names } = props;
  if (proposal.state === 'CONFIRMED') return <Outcomes {...props} />;
  return (
    <>
      <Stopped proposal={proposal} names={names} />
      {offeredOf(proposal).length > 0 && <SendOffers {...props} />}
    </>
  );
}

/** Seats for which an offer can be sent now. */
function offeredOf({ seats }: Proposal): Proposal['seats'] {
  return seats.filter(({ whyNoOffer }) => !whyNoOffer);
}

/** Seats for which none can be sent any more, since a gate closed. */
function Stopped({ proposal, names }: Pick<OfferProps, 'proposal' | 'names'>) {
  const stopped = proposal.seats.filter(({ whyNoOffer }) => whyNoOffer);
  if (stopped.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>
        {counted(stopped.length, 'seat')} of this proposal {stopped.length === 1 ? 'gets' : 'get'} no offer
        now. Propose again to give {stopped.length === 1 ? 'it' : 'them'} to somebody else.
      </p>
      <ul>
        {stopped.map(({ candidate, whyNoOffer }) => (
          <li key={candidate.id}>
            <strong>{candidate.expertName}</strong>, {names.opening(candidate.openingId)}: no offer can be
            sent now. {whyNoOffer} Their application stays open.
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Terms for each opening, what they cost, and the one question before the offers go out. */
function SendOffers({ proposal, openings, names }: OfferProps) {
  const seats = offeredOf(proposal);
  const offered = openings.filter(({ id }) => seats.some(({ candidate }) => candidate.openingId === id));
  const rest = useAction(ConfirmSeats);
  const form = useAppForm({
    values: {
      terms: offered.map(({ id, rateMax, hoursPerWeek, startsOn }) => ({
        openingId: id,
        currency: rateMax.currency,
        rate: '',
        hours: String(hoursPerWeek),
        noticeDays: '7',
        startsOn: startsOn.slice(0, 10) > today() ? startsOn.slice(0, 10) : today(),
      })),
    },
    rules: rules.object({
      terms: rules.array(
        rules
          .object({
            openingId: rules.string(),
            currency: rules.string(),
            rate: rules.string(),
            hours: wholeNumber(1, 60, 'Hours'),
            noticeDays: wholeNumber(7, 60, 'Days'),
            startsOn: said('Choose the first day.'),
          })
          .check(
            rules.refine(({ rate, currency }) => amountFault(rate, currency) === undefined, {
              error: 'Write an amount, e.g. 45.50.',
              path: ['rate'],
            }),
          ),
      ),
    }),
    write: ConfirmSeats,
    variables: ({ terms }) => ({ input: inputOf(proposal, terms) }),
    onDone: ({ confirmSeats }, { terms }) => void sendOn(confirmSeats.offersLeft, terms),
  });
  // Twenty offers a call; the page goes on until all are out.
  const sendOn = async (left: number, terms: Parameters<typeof inputOf>[1]) => {
    for (let more = left; more > 0;) {
      const done = await rest.run({ input: inputOf(proposal, terms) });
      if (!done || done.confirmSeats.offersLeft >= more) return;
      more = done.confirmSeats.offersLeft;
    }
  };
  const values = useWatch({ control: form.control, name: 'terms' });
  const { prices, fault } = useSeatPrices(proposal.id, termsOf(values));
  const tallies = (
    <div className="halves">
      {(prices ?? []).map(({ openingId, seats, week }) => (
        <Tally
          key={openingId}
          tally={week}
          label={`${names.opening(openingId)}: a full week of ${counted(seats, 'seat')}`}
        />
      ))}
    </div>
  );
  return (
    <Section title="Send the offers">
      <p>
        Each seat becomes an offer to that expert, on the terms of its opening. Every gate is checked again
        for each, and whoever does not pass any more gets none; the others do.
      </p>
      <form noValidate onSubmit={(event) => event.preventDefault()}>
        <ProblemNotice problem={form.problem} />
        {offered.map(({ id, rateMin, rateMax }, at) => (
          <fieldset key={id}>
            <legend>{names.opening(id)}</legend>
            <div className="grid">
              <AmountField
                form={form}
                name={`terms.${at}.rate`}
                label="Pay an hour"
                currency={rateMax.currency}
                hint={`${money(rateMin)} to ${money(rateMax)}`}
              />
              <TextField
                form={form}
                name={`terms.${at}.hours`}
                label="Weekly cap, hours"
                inputMode="numeric"
              />
              <TextField
                form={form}
                name={`terms.${at}.noticeDays`}
                label="Notice, days"
                inputMode="numeric"
              />
              <DateField form={form} name={`terms.${at}.startsOn`} label="First day" />
            </div>
          </fieldset>
        ))}
        {fault && <p className="error">{fault}</p>}
        {tallies}
        <div className="row">
          <Confirm
            button={`Send ${counted(seats.length, 'offer')}`}
            weight="main"
            title={`Send ${counted(seats.length, 'offer')}?`}
            verb="Send offers"
            isDisabled={prices === undefined}
            isSending={form.isSending}
            problem={form.problem}
            run={form.send}
          >
            <ul>
              {seats.map(({ candidate }) => (
                <li key={candidate.id}>
                  {candidate.expertName}: {names.opening(candidate.openingId)}
                </li>
              ))}
            </ul>
            {tallies}
            <p>
              When somebody accepts, their terms are frozen and the first week is held from your balance. You
              can withdraw an offer until then.
            </p>
          </Confirm>
        </div>
      </form>
    </Section>
  );
}

/** Who was sent an offer and who was not, and why: first those without. */
function Outcomes({ proposal, names }: OfferProps) {
  const rest = useAction(ConfirmSeats);
  const refused = proposal.seats.filter(({ refusal }) => refusal);
  const sent = proposal.seats.filter(({ offerId }) => offerId);
  const place = (openingId: string) => (
    <Link to="/lab/openings/$id" params={{ id: openingId }} search={{ view: 'pipeline' } as never}>
      {names.opening(openingId)}
    </Link>
  );
  return (
    <Section title="What came of it">
      {proposal.offersLeft > 0 && (
        <Notice tone="warning">
          <p>
            {counted(proposal.offersLeft, 'offer')} {proposal.offersLeft === 1 ? 'is' : 'are'} still to be
            sent, on the terms that you confirmed.
          </p>
          <ProblemNotice problem={rest.problem} />
          <Button
            weight="main"
            isSending={rest.isSending}
            onPress={() => void rest.run({ input: goOn(proposal) })}
          >
            Send the rest
          </Button>
        </Notice>
      )}
      {refused.length > 0 && (
        <>
          <h3>{counted(refused.length, 'offer')} not sent</h3>
          <ul>
            {refused.map(({ candidate, refusal }) => (
              <li key={candidate.id}>
                <strong>{candidate.expertName}</strong>, {place(candidate.openingId)}: {refusal} They stay an
                applicant.
              </li>
            ))}
          </ul>
        </>
      )}
      {sent.length > 0 && (
        <>
          <h3>{counted(sent.length, 'offer')} sent</h3>
          <ul>
            {sent.map(({ candidate }) => (
              <li key={candidate.id}>
                <strong>{candidate.expertName}</strong>, {place(candidate.openingId)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** The confirmation once more: its terms are frozen, so that any stand for them. */
function goOn(proposal: Proposal) {
  const [first] = proposal.seats;
  const terms = [
    {
      openingId: first?.candidate.openingId ?? '',
      ...{ rateMinorPerHour: '0', weeklyCapHours: 1, noticeDays: 7, startsOn: today() },
    },
  ];
  return { proposalId: proposal.id, version: proposal.version, terms };
}

interface TypedTerms {
  readonly openingId: string;
  readonly currency: string;
  readonly rate: string;
  readonly hours: string;
  readonly noticeDays: string;
  readonly startsOn: string;
}

function inputOf({ id, version }: Proposal, terms: readonly TypedTerms[]) {
  return { proposalId: id, version, terms: termsOf(terms) };
}

function termsOf(terms: readonly TypedTerms[]): Terms[] {
  return terms.map(({ openingId, currency, rate, hours, noticeDays, startsOn }) => ({
    openingId,
    rateMinorPerHour: minorOf(rate, currency),
    weeklyCapHours: Number(hours),
    noticeDays: Number(noticeDays),
    startsOn,
  }));
}

/** What the terms would cost, by the server, a moment after the last key; undefined while it is not known. */
function useSeatPrices(proposalId: string, terms: readonly Terms[]) {
  const text = JSON.stringify(terms);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const wait = setTimeout(() => setAsked(text), PRICED_AFTER_MS);
    return () => clearTimeout(wait);
  }, [text]);
  const wanted = JSON.parse(asked) as Terms[];
  const isReadable = wanted.every(
    ({ rateMinorPerHour, weeklyCapHours, startsOn }) =>
      rateMinorPerHour !== '' &&
      Number.isInteger(weeklyCapHours) &&
      weeklyCapHours >= 1 &&
      weeklyCapHours <= 60 &&
      startsOn !== '',
  );
  const [{ data, error, fetching }] = useQuery({
    query: SeatPrices,
    variables: { proposalId, terms: wanted },
    pause: !isReadable,
  });
  if (!isReadable || asked !== text) return {};
  if (error) return { fault: problemOf(error).message };
  return fetching ? {} : { prices: data?.seatPrices };
}
