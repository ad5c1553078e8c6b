import { Link } from '@tanstack/react-router';
import { distance, moment } from '../lib/time';

/** One thing that waits for the reader. */
export interface WaitingThing {
  readonly id: string;
  /** One line: what it is. */
  readonly title: string;
  /** What it means and what to do. */
  readonly sentence: string;
  /** Where it can be done. */
  readonly link: string;
  /** Until when it should be done. */
  readonly due?: string | null;
}

/** What waits for the reader, what is due first on top. */
export function WaitingList({
  label,
  things,
}: {
  readonly label: string;
  readonly things: readonly WaitingThing[];
}) {
  return (
    <ul className="waiting" aria-label={label}>
      {things.map(({ id, title, sentence, link, due }) => (
        <li key={id}>
          <div>
            <Link to={link}>{title}</Link>
            <div>{sentence}</div>
          </div>
          {due && (
            <time className="quiet" dateTime={due} title={moment(due)}>
              due {distance(due)}
            </time>
          )}
        </li>
      ))}
    </ul>
  );
}
