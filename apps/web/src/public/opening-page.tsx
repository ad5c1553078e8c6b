import { Tally } from '../ui/tally';
import { OpeningRows } from './opening-rows';
import type { OpeningData } from './page-data';
import { RateRange } from './rate-range';
import { amount, count, country, day, language, places, rateBand, realisedSource } from './words';

/** Advertised against realised; what is not paid; should I apply? */
export function OpeningPage({ page }: { readonly page: OpeningData }) {
  const { opening, state } = page;
  return (
    <>
      <article className="wide">
        <p className="trail">
          <a href="/openings">Openings</a>
        </p>
        <h1>{opening.title}</h1>
        <p className="lede">
          {opening.rung.label} · {opening.taskFamily.label} · {opening.labName}
        </p>
        {state === 'CLOSED' && (
          <p className="notice" role="note">
            This opening is closed: nobody new can apply. What it said stays here.
          </p>
        )}
        {state === 'FILLED' && (
          <p className="notice" role="note">
            All seats are taken. If one becomes free, it opens again.
          </p>
        )}
        <div className="opening">
          <div className="opening-terms">
            <Rates page={page} />
            <section className="sheet" aria-labelledby="hour">
              <h2 id="hour">One hour at the upper end</h2>
              <Tally tally={page.hour} />
              <p className="quiet">Take rate: {page.takeRate}</p>
            </section>
          </div>
          <div className="opening-words">
            <section aria-labelledby="work">
              <h2 id="work">The work</h2>
              <Paragraphs text={page.summary} />
              <Paragraphs text={page.description} />
              {page.contentWarning && (
                <p className="notice warning" role="note">
                  <strong>What you may see:</strong> {page.contentWarning}
                </p>
              )}
            </section>
            <Before page={page} />
            <Needed page={page} />
            <section aria-labelledby="lab">
              <h2 id="lab">Who asks</h2>
              <p>
                {page.lab.name}, {country(page.lab.country)}
                {page.lab.website && (
                  <>
                    {' · '}
                    <a href={page.lab.website} rel="nofollow ugc noopener">
                      {new URL(page.lab.website).host}
                    </a>
                  </>
                )}
              </p>
              {page.lab.vettedOn && (
                <p className="quiet">
                  Its owners and competitors were looked at by a person on{' '}
                  <time dateTime={page.lab.vettedOn}>{day(page.lab.vettedOn)}</time>.
                </p>
              )}
            </section>
          </div>
        </div>
      </article>
      {page.similar.length > 0 && (
        <section className="wide" aria-labelledby="similar">
          <h2 id="similar">{state === 'OPEN' ? 'Near to this' : 'Similar, and open'}</h2>
          <OpeningRows rows={page.similar} heading="h3" />
        </section>
      )}
    </>
  );
}

function Rates({ page }: { readonly page: OpeningData }) {
  const { opening, rungRealised } = page;
  return (
    <section className="sheet rates" aria-labelledby="rates">
      <h2 id="rates">What an hour pays</h2>
      <dl>
        <dt>Advertised</dt>
        <dd className="band-figure">{rateBand(opening)}</dd>
        <dt>Realised</dt>
        {opening.realised ? (
          <dd>
            <span className="band-figure realised-figure">{amount(opening.realised.median)}</span>
            <span className="quiet">{realisedSource(opening.realised)}</span>
          </dd>
        ) : (
          <dd>
            Not shown yet. Fewer than 5 people were paid for this opening, and a figure could point at one of
            them.
          </dd>
        )}
        {rungRealised && (
          <>
            <dt>Realised, all {opening.rung.label.toLowerCase()} work</dt>
            <dd>
              {amount(rungRealised.median)} <span className="quiet">{realisedSource(rungRealised)}</span>
            </dd>
          </>
        )}
      </dl>
      {(opening.realised ?? rungRealised) && (
        <RateRange
          min={opening.rateMin}
          max={opening.rateMax}
          scale={scaleOf(page)}
          realised={opening.realised ?? rungRealised}
        />
      )}
      <dl className="pairs">
        <dt>Seats free</dt>
        <dd>
          {opening.seatsFree} of {opening.seats}
        </dd>
        <dt>Hours</dt>
        <dd>
          {opening.hoursPerWeek} a week for {count(opening.weeks, 'week')}
        </dd>
        <dt>Starts</dt>
        <dd>
          {opening.startsOn ? <time dateTime={opening.startsOn}>{day(opening.startsOn)}</time> : 'At once'}
        </dd>
        <dt>Done from</dt>
        <dd>{places(opening.countries)}</dd>
      </dl>
      {page.state === 'OPEN' && (
        <p className="actions">
          <a className="button main" href={`/expert/openings/${opening.id}`}>
            Apply
          </a>
          <span className="quiet">You sign in first. Applying costs nothing.</span>
        </p>
      )}
    </section>
  );
}

/** The bar ends a little above the highest figure on it. */
function scaleOf({ opening, rungRealised }: OpeningData) {
  const figures = [opening.rateMax, opening.realised?.median, rungRealised?.median]
    .filter((each) => each?.currency === opening.rateMax.currency)
    .map((each) => Number(each?.minor ?? 0));
  return { minor: String(Math.round(Math.max(...figures) * 1.15)), currency: opening.rateMax.currency };
}

function Before({ page }: { readonly page: OpeningData }) {
  return (
    <section aria-labelledby="before">
      <h2 id="before">Before you apply</h2>
      <dl className="said">
        <dt>Not paid</dt>
        <dd className={page.unpaidParts ? 'unpaid' : 'paid'}>
          {page.unpaidParts ||
            'Nothing. Reading instructions, onboarding, qualification and review are paid time.'}
        </dd>
        <dt>Monitored</dt>
        <dd>{page.monitoring || 'Nothing beyond the time that you log yourself.'}</dd>
      </dl>
    </section>
  );
}

function Needed({ page }: { readonly page: OpeningData }) {
  const required = page.skills.filter(({ isRequired }) => isRequired);
  const good = page.skills.filter(({ isRequired }) => !isRequired);
  return (
    <section aria-labelledby="needed">
      <h2 id="needed">What you need</h2>
      <dl className="said">
        <dt>Credentials</dt>
        <dd>{page.credentials.join(', ') || 'None'}</dd>
        <dt>Skills</dt>
        <dd>{required.map(({ label }) => label).join(', ') || 'None named'}</dd>
        {good.length > 0 && (
          <>
            <dt>Good to have</dt>
            <dd>{good.map(({ label }) => label).join(', ')}</dd>
          </>
        )}
        <dt>Languages</dt>
        <dd>
          {page.languages
            .map(({ language: code, level }) => `${language(code)}, ${levelWords(level)}`)
            .join('; ') || 'None named'}
        </dd>
        {page.conditions.length > 0 && (
          <>
            <dt>Conditions</dt>
            <dd>{page.conditions.join(' ')}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function levelWords(level: string): string {
  return level === 'NATIVE' ? 'native' : `${level} or better`;
}

function Paragraphs({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n{2,}/).filter((each) => each.trim() !== '');
  return paragraphs.map((each, index) => (
    <p key={index} className="as-written">
      {each.trim()}
    </p>
  ));
}
