import type { PlainData } from './page-data';
import { count } from './words';

/** The terms, in plain words. */
export function TermsPage({ page }: { readonly page: PlainData }) {
  return (
    <div className="wide prose">
      <h1>Terms</h1>
      <p className="lede">What a lab and an expert agree to when they work through this platform.</p>
      <h2>The agreement</h2>
      <p>
        An engagement is between a lab and an expert. It begins when the expert accepts an offer. The rate,
        the take rate, the weekly cap and the notice are frozen at that moment and do not change while it
        lasts. Either side may end it by giving the notice it names.
      </p>
      <h2>What the platform keeps</h2>
      <p>
        In force now: {page.takeRate} If it changes, it changes for engagements that are signed later, from a
        date that is published. There is no other fee and no hidden spread: the three numbers on a line always
        add up.
      </p>
      <h2>Time and money</h2>
      <ul>
        <li>
          The price of each week is set aside from the lab's balance before the week begins. Where that fails,
          both sides are told and no work can be logged for that week.
        </li>
        <li>
          All activity that the product can log is paid: work, onboarding, reading instructions,
          qualification, meetings and review. A posting that leaves something unpaid must say so before anyone
          applies.
        </li>
        <li>
          The lab approves or questions each line within {count(page.reviewDays, 'day')} of the week being
          submitted. What is within the cap, funded and not questioned by then is approved.
        </li>
        <li>
          A question names the line and the reason. It ends by agreement or by approval, never by silence
          against the expert.
        </li>
        <li>
          Approved time is charged at once: the lab pays the price, the expert earns the pay. It is paid out
          whatever happens to either account later. Payouts run daily; a payout that waits shows its reason
          and its date.
        </li>
        <li>Money that a lab put in and that is not set aside for a week can be paid back to it.</li>
      </ul>
      <h2>Who may work</h2>
      <p>
        An account belongs to one person. The person who proved the credential does the work; lending an
        account ends it. Credentials are checked by people, and regulated licences by two. A person with an
        interest at a lab's competitor is told so before an offer, not after.
      </p>
      <h2>Decisions against somebody</h2>
      <p>
        A rejection, a pause or a withheld payment has a reason, the evidence for it and a person who decided.
        It can be appealed, and the appeal is heard by somebody else.
      </p>
      <h2>What these terms do not do</h2>
      <p>
        Nothing here keeps anybody from talking about pay and conditions with others, or from speaking to a
        doctor, a lawyer, a union or an authority. Nothing here forbids a lab to hire a person directly.
      </p>
      <h2>Who you deal with</h2>
      <p>
        Tallystick is free software. Whoever runs this site is responsible for it and for these terms, and may
        add what their law asks for.
      </p>
    </div>
  );
}
