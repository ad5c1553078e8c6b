import type { OpeningRow } from './page-data';
import { amount, count, day, places, rateBand } from './words';

/** Openings as a list: what, for whom, for how much, for how long. */
export function OpeningRows({
  rows,
  heading: Heading = 'h2',
}: {
  readonly rows: readonly OpeningRow[];
  readonly heading?: 'h2' | 'h3';
}) {
  return (
    <ul className="openings">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="opening-what">
            <Heading className="opening-title">
              <a href={`/openings/${row.id}`}>{row.title}</a>
            </Heading>
            <p className="opening-for">
              {row.labName} · {row.projectTitle}
            </p>
            <ul className="in-short" aria-label="In short">
              <li>{row.rung.label}</li>
              <li>{row.taskFamily.label}</li>
              <li>
                {row.hoursPerWeek} h a week, {count(row.weeks, 'week')}
              </li>
              <li>{places(row.countries)}</li>
              <li>
                {row.startsOn ? (
                  <>
                    from <time dateTime={row.startsOn}>{day(row.startsOn)}</time>
                  </>
                ) : (
                  'at once'
                )}
              </li>
              <li className={row.isAllPaid ? 'paid' : 'unpaid'}>
                {row.isAllPaid ? 'All time is paid' : 'Has unpaid parts'}
              </li>
            </ul>
          </div>
          <div className="opening-pay">
            <p className="band-figure">{rateBand(row)}</p>
            <p className="quiet">an hour, to the expert</p>
            {row.realised && <p className="realised-line">Realised: {amount(row.realised.median)}</p>}
            <p className="quiet">
              {row.seatsFree} of {count(row.seats, 'seat')} free
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
