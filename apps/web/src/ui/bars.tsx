import { scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';

/** One bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
  readonly tone?: 'lab' | 'expert' | 'platform' | 'bad';
}

/** Bars with their labels and values in words: a picture that is also its own table. */
export function Bars({
  label,
  bars,
  most,
  note,
}: {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The value of a full bar; the largest one where it is not given. */
  readonly most?: number;
  readonly note?: ReactNode;
}) {
  const width = scaleLinear([0, most ?? Math.max(1, ...bars.map(({ value }) => value))], [0, 100]);
  return (
    <figure className="bars">
      <figcaption>{label}</figcaption>
      <table>
        <tbody>
          {bars.map(({ label: name, value, text, tone = 'lab' }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="bar" aria-hidden="true">
                <svg width="100%" height="12" aria-hidden="true">
                  <rect className="track" width="100%" height="12" />
                  <rect className={tone} width={`${Math.max(0, width(value))}%`} height="12" />
                </svg>
              </td>
              <td className="figure">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {note && <p className="quiet">{note}</p>}
    </figure>
  );
}
