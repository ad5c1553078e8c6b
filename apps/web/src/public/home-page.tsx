import { Tally } from '../ui/tally';
import { OpeningRows } from './opening-rows';
import type { DayTally, HomeData } from './page-data';
import { Stick } from './stick';
import { count, day } from './words';

const PROMISES = [
  [
    'One tally',
    'What the lab pays, what the expert gets and what the platform keeps stand together wherever work has a price, to the cent. They add up, or the page refuses to show them.',
  ],
  [
    'All time counts',
    'Reading instructions, onboarding and review are paid time, unless a posting says otherwise before anyone applies. Beside the advertised rate stands what an hour really paid.',
  ],
  [
    'A specific, verified human',
    'Every credential is checked by a person who gives a reason. A licence for regulated work is checked by two, and again before it runs out.',
  ],
  [
    'Due process',
    'No decision against you without a reason, a person who made it, and another person who hears your appeal. Approved work is paid, whatever happens to an account.',
  ],
  [
    'The least data',
    'No screenshots, no keystrokes, no biometrics. Whatever a lab monitors is written on the posting before you accept.',
  ],
] as const;

/** Is it honest? */
export function HomePage({ page }: { readonly page: HomeData }) {
  return (
    <>
      <section className="wide hero">
        <div className="hero-words">
          <h1>Both sides hold the same record</h1>
          <p className="lede">
            Tallystick is a marketplace for expert work on AI models. Labs find people whose credentials a
            person has checked. Experts know, before the first hour, what that hour is billed at.
          </p>
          <p className="actions">
            <a className="button main" href="/rate-card">
              See the rate card
            </a>
            <a className="button" href="/openings">
              {page.openCount > 0 ? `See ${count(page.openCount, 'opening')}` : 'See openings'}
            </a>
          </p>
        </div>
        <YesterdaysTally tally={page.tally} takeRate={page.takeRate} />
      </section>
      <section className="wide" aria-labelledby="promises">
        <h2 id="promises">Five promises, one notch each</h2>
        <ol className="promises">
          {PROMISES.map(([name, text]) => (
            <li key={name}>
              <Stick notches={[12]} />
              <h3>{name}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <HowItWorks reviewDays={page.reviewDays} />
      {page.newest.length > 0 && (
        <section className="wide" aria-labelledby="newest">
          <h2 id="newest">New on the list</h2>
          <OpeningRows rows={page.newest} heading="h3" />
          <p>
            <a href="/openings">All openings</a>
          </p>
        </section>
      )}
      <section className="wide why" aria-labelledby="why">
        <div>
          <h2 id="why">Why a stick</h2>
          <p>
            A tally stick was notched, then split down its length. The buyer kept one half, the worker the
            other. Neither could cut a notch alone: put together, the halves had to match.
          </p>
        </div>
        <div>
          <h2>Do not take our word for it</h2>
          <ul>
            <li>All of it is free software. A lab, a union or a rival can run the whole of it.</li>
            <li>
              Every change is written to a record that cannot be edited unnoticed: its seals are also kept
              outside the database.
            </li>
            <li>
              Auditors prove the books at any time: each charge worked out again from hours and rate, each
              balance from its entries.
            </li>
            <li>
              <a href="/transparency">What we keep, month by month</a>
            </li>
          </ul>
        </div>
      </section>
    </>
  );
}

function YesterdaysTally({ tally, takeRate }: { readonly tally: DayTally; readonly takeRate: string }) {
  return (
    <section className="sheet hero-tally" aria-labelledby="tally">
      {tally.day ? (
        <>
          <h2 id="tally">Yesterday's tally</h2>
          <p className="quiet">
            Everything that was approved on <time dateTime={tally.day}>{day(tally.day)}</time>, UTC, over all
            labs: {count(tally.lines, 'line')}.
          </p>
        </>
      ) : (
        <>
          <h2 id="tally">
            One hour, worked out <span className="marked">Example</span>
          </h2>
          <p className="quiet">
            Yesterday's tally stands here from five approved lines on. With fewer, a figure could point at one
            person.
          </p>
        </>
      )}
      <Tally tally={tally.tally} />
      <p className="quiet">Take rate in force: {takeRate}</p>
    </section>
  );
}

function HowItWorks({ reviewDays }: { readonly reviewDays: number }) {
  return (
    <section className="wide" aria-labelledby="how">
      <h2 id="how">How a week of work goes</h2>
      <div className="sides">
        <section className="side-lab" aria-labelledby="for-labs">
          <h3 id="for-labs">If you are a lab</h3>
          <ol>
            <li>Name your owners and competitors. A person looks at them before you can publish.</li>
            <li>
              Post a project in layers: simple work at a simple rate, expert work at an expert's. You see what
              an hour costs before anybody else sees the posting.
            </li>
            <li>Read a shortlist that says, for each person, what speaks for them and what against.</li>
            <li>
              Each week is set aside from your balance before it begins. You approve or question line by line;
              what you leave for {count(reviewDays, 'day')} is approved.
            </li>
            <li>Get a statement that equals, line for line, what the expert reads.</li>
          </ol>
          <p>
            <a className="button" href="/sign-up?as=lab">
              Sign up as a lab
            </a>
          </p>
        </section>
        <section className="side-expert" aria-labelledby="for-experts">
          <h3 id="for-experts">If you are an expert</h3>
          <ol>
            <li>Prove a credential once. You see each step of the check and whom it waits for.</li>
            <li>
              See what fits you and why. For an opening that you cannot take: exactly what is missing, and how
              to mend it.
            </li>
            <li>Sign an offer. Rate, weekly cap and notice are fixed while it lasts.</li>
            <li>Run a timer or write your time in. Work only begins in weeks that the lab has funded.</li>
            <li>Approved time becomes your money at once. Payouts run every day.</li>
          </ol>
          <p>
            <a className="button" href="/sign-up?as=expert">
              Sign up as an expert
            </a>
          </p>
        </section>
      </div>
    </section>
  );
}
