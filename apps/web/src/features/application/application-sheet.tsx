import { graphql } from '../../gql';
import type { LabOpeningQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { Notice } from '../../ui/notice';
import { Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { DeclineButton } from './decline-button';
import { canBeFunded } from './no-funding';
import { OfferForm } from './offer-form';

const Withdraw = graphql(`
  mutation WithdrawSentOffer($id: ID!) {
    withdrawOffer(id: $id) {
      id
    }
  }
`);

type Application = NonNullable<LabOpeningQuery['pipeline']>[number];
type Offer = Application['offers'][number];

const OFFER_WORDS: Readonly<Record<string, string>> = {
  SENT: 'Waits for the expert',
  ACCEPTED: 'Accepted',
  DECLINED: 'The expert declined',
  WITHDRAWN: 'Withdrawn by you',
  EXPIRED: 'Lapsed without an answer',
};

/** One applicant: what they write, where they are, and what the lab can do now. */
export function ApplicationSheet({
  application,
  opening,
  isOpen,
}: {
  readonly application: Application;
  readonly opening: LabOpeningQuery['publicOpening'];
  readonly isOpen: boolean;
}) {
  const { id, expertId, expertName, note, state, createdAt, declineReason, offers, whyNoOffer } = application;
  return (
    <div id={`applicant-${expertId}`}>
      <Sheet label={expertName}>
        <div className="spread">
          <h3>{expertName}</h3>
          <span className="quiet">Applied on {moment(createdAt)}</span>
        </div>
        {note ? <blockquote>{note}</blockquote> : <p className="quiet">Applied without a note.</p>}
        {declineReason && <p>Your reason: {declineReason}</p>}
        <Steps label={`Where ${expertName} is`} steps={stepsOf(application)} />
        {offers.map((offer) => (
          <OfferShown key={offer.id} offer={offer} expertName={expertName} />
        ))}
        {state === 'APPLIED' && isOpen && whyNoOffer && (
          <Notice tone="warning">
            No offer can be sent to {expertName} now. {whyNoOffer} The application stays open: this page takes
            an offer again as soon as that has changed.
          </Notice>
        )}
        {state === 'APPLIED' && isOpen && !whyNoOffer && canBeFunded(opening.rateMax.currency) && (
          <OfferForm applicationId={id} expertName={expertName} opening={opening} />
        )}
        {state === 'APPLIED' && !isOpen && <p className="quiet">No seat is left, so no offer can be sent.</p>}
        {state === 'APPLIED' && <DeclineButton applicationId={id} expertName={expertName} />}
      </Sheet>
    </div>
  );
}

function stepsOf({ state, createdAt, offers, whyNoOffer }: Application): Step[] {
  const [offer] = offers;
  const isOut = state === 'OFFERED';
  const isOver = state === 'DECLINED' || state === 'WITHDRAWN';
  const applied: Step = { label: 'Applied', state: 'done', at: createdAt };
  if (isOver) return [applied, { label: state === 'DECLINED' ? 'Declined' : 'Withdrew', state: 'done' }];
  return [
    applied,
    {
      label: 'Offer',
      state: state !== 'APPLIED' ? 'done' : whyNoOffer ? 'waiting' : 'now',
      at: state === 'APPLIED' ? undefined : offer?.sentAt,
      about: state !== 'APPLIED' ? undefined : whyNoOffer ? 'Not possible now.' : 'Waits for you.',
    },
    {
      label: 'Signed by the expert',
      state: state === 'ENGAGED' ? 'done' : isOut ? 'now' : 'waiting',
      about: isOut && offer ? `Until ${moment(offer.expiresAt)}.` : undefined,
    },
  ];
}

function OfferShown({ offer, expertName }: { readonly offer: Offer; readonly expertName: string }) {
  const withdraw = useAction(Withdraw);
  const send = async () => {
    const done = await withdraw.run({ id: offer.id });
    if (done) say('The offer is withdrawn. The application stays open.');
    return done;
  };
  return (
    <div>
      <p>
        Offer of {moment(offer.sentAt)}:{' '}
        <StateTag state={offer.state} text={OFFER_WORDS[offer.state] ?? offer.state} /> {money(offer.rate)} an
        hour, at most {counted(offer.weeklyCapHours, 'hour')} a week, {counted(offer.noticeDays, 'day')} of
        notice, from {day(offer.startsOn)}.
      </p>
      {offer.state === 'SENT' && (
        <>
          <Tally tally={offer.hour} label="One hour" />
          <div className="row">
            <Confirm
              button="Withdraw the offer"
              title={`Withdraw the offer to ${expertName}?`}
              verb="Withdraw the offer"
              run={send}
              isSending={withdraw.isSending}
              problem={withdraw.problem}
            >
              <p>They can no longer sign it. Their application stays open; you can send other terms.</p>
            </Confirm>
          </div>
        </>
      )}
    </div>
  );
}
