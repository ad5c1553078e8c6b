import type { RateCardData, RungData } from './page-data';
import { RateRange } from './rate-range';
import { amount, count, openingsAddress } from './words';

/** What is my work worth? */
export function RateCardPage({ page }: { readonly page: RateCardData }) {
  const { asked, choices } = page;
  const family = choices.taskFamilies.find(({ code }) => code === asked.taskFamily);
  return (
    <div className="wide">
      <h1>Rate card</h1>
      <p className="lede">
        What an hour of expert work pays, rung by rung. The band is what is advertised; the notch is what
        people were really paid.
      </p>
      <p className="quiet">
        In US dollars, to the expert. Take rate in force: {page.takeRate} Realised is pay divided by all
        logged time of the last 12 months, median over people; fewer than five people are never shown.
      </p>
      <form method="get" action="/rate-card" className="asked" aria-label="Filter the rate card">
        <label>
          Rung
          <select name="rung" defaultValue={asked.rung ?? ''}>
            <option value="">All rungs</option>
            {choices.rungs.map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          Kind of work
          <select name="taskFamily" defaultValue={asked.taskFamily ?? ''}>
            <option value="">All kinds</option>
            {choices.taskFamilies.map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button">
          Show
        </button>
        {(asked.rung || asked.taskFamily) && <a href="/rate-card">Show all</a>}
      </form>
      {family && (
        <p role="note">
          Realised rates and openings below are for “{family.label}” only. The bands are the same for all
          kinds of work.
        </p>
      )}
      <ol className="rungs">
        {page.rungs.map((rung) => (
          <Rung key={rung.code} rung={rung} page={page} />
        ))}
      </ol>
      <section aria-labelledby="hiring-directly">
        <h2 id="hiring-directly">Hiring directly</h2>
        <p>{page.conversion}</p>
      </section>
    </div>
  );
}

function Rung({ rung, page }: { readonly rung: RungData; readonly page: RateCardData }) {
  const onScale = rung.realised.find(({ median }) => median.currency === page.scale.currency);
  return (
    <li>
      <div className="rung-what">
        <h2>{rung.label}</h2>
        <p>{rung.line}</p>
        <ul className="examples" aria-label={`Examples of ${rung.label} work`}>
          {rung.examples.map((example) => (
            <li key={example}>{example}</li>
          ))}
        </ul>
      </div>
      <div className="rung-pay">
        <p className="band-figure">
          {amount(rung.min)} to {amount(rung.max)}
        </p>
        <RateRange min={rung.min} max={rung.max} scale={page.scale} realised={onScale} />
        <dl className="pairs">
          <dt>Realised</dt>
          <dd>
            {rung.realised.length === 0
              ? 'Not shown: fewer than 5 people'
              : rung.realised.map(({ median, people }) => (
                  <span key={median.currency} className="realised-figure">
                    <strong>{amount(median)}</strong> over {people} people
                  </span>
                ))}
          </dd>
          <dt>Lab pays</dt>
          <dd>
            {amount(rung.priceMin)} to {amount(rung.priceMax)}
          </dd>
          <dt>Open now</dt>
          <dd>
            {rung.openCount === 0 ? (
              'None'
            ) : (
              <a href={openingsAddress({ rung: rung.code, taskFamily: page.asked.taskFamily })}>
                {count(rung.openCount, 'project')}
              </a>
            )}
          </dd>
        </dl>
      </div>
    </li>
  );
}
