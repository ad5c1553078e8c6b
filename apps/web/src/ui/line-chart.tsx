import { extent } from 'd3-array';
import { scaleLinear, scaleTime } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReactNode } from 'react';

/** One point of a line: when, how much, and how much in words. */
export interface Point {
  readonly at: string;
  readonly value: number;
  readonly text: string;
}

/** One line of a chart. */
export interface Series {
  readonly label: string;
  readonly points: readonly Point[];
}

/** Something that happened meanwhile, in words. */
export interface Mark {
  readonly at: string;
  readonly text: string;
}

const WIDTH = 640;
const HEIGHT = 160;
const EDGE = 8;
/** How many steps the scale beside the chart has, about. */
const STEPS = 4;
/** Values are written on the points where they are so few that they can be read. */
const MOST_WRITTEN = 8;
const TONES = ['lab', 'expert', 'platform'] as const;

/** How values went over time, as lines; the caller gives the table that says the same in words. */
export function LineChart({
  label,
  series,
  top,
  marks = [],
  timeOf,
  valueOf,
  ticks,
  children,
}: {
  readonly label: string;
  readonly series: readonly Series[];
  /** The value at the upper edge; the lower edge is 0. */
  readonly top: number;
  /** What happened in the time of the chart, as thin upright lines that are named below. */
  readonly marks?: readonly Mark[];
  /** A point in time in words. */
  readonly timeOf: (at: string) => string;
  /** A value in words, for the scale. */
  readonly valueOf: (value: number) => string;
  /** The values of the scale where round numbers would not be round in words, e.g. whole days in seconds. */
  readonly ticks?: readonly number[];
  /** The same as a table; left out where it stands below anyhow. */
  readonly children?: ReactNode;
}) {
  const times = series.flatMap(({ points }) => points.map(({ at }) => new Date(at)));
  const [first, last] = extent(times);
  if (!first || !last) return null;
  const seen = marks.filter(({ at }) => new Date(at) >= first && new Date(at) <= last);
  const x = scaleTime([first, last], [EDGE, WIDTH - EDGE]);
  const y = scaleLinear([0, top], [HEIGHT - EDGE, EDGE]);
  const path = line<Point>(
    ({ at }) => x(new Date(at)),
    ({ value }) => y(value),
  ).curve(curveStepAfter);
  const steps = ticks ?? y.ticks(STEPS);
  const [only] = series;
  const written = series.length === 1 && only && only.points.length <= MOST_WRITTEN ? only.points : [];
  return (
    <figure className="line-chart">
      <figcaption>{label}</figcaption>
      <div className="plot" aria-hidden="true">
        <svg className="scale">
          {steps.map((value) => (
            <text key={value} x="100%" y={`${(y(value) / HEIGHT) * 100}%`}>
              {valueOf(value)}
            </text>
          ))}
        </svg>
        <div className="drawn">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="lines">
            {steps.map((value) => (
              <path key={value} className="axis" d={`M0 ${y(value)} H${WIDTH}`} />
            ))}
            {seen.map(({ at, text }) => (
              <path key={text} className="axis mark" d={`M${x(new Date(at))} ${EDGE} V${HEIGHT - EDGE}`} />
            ))}
            {series.map(({ label: name, points }, index) => {
              const tone = TONES[index % TONES.length];
              return (
                <g key={name} className={tone}>
                  <path className="line" d={path([...points]) ?? ''} />
                  {points.map(({ at, value }) => (
                    <path key={at} className="dot" d={`M${x(new Date(at))} ${y(value)} h0`} />
                  ))}
                </g>
              );
            })}
          </svg>
          <svg className="values">
            {written.map(({ at, value, text }) => (
              <text
                key={at}
                x={`${(x(new Date(at)) / WIDTH) * 100}%`}
                y={`${(y(value) / HEIGHT) * 100}%`}
                dy="-0.6em"
              >
                {text}
              </text>
            ))}
          </svg>
        </div>
      </div>
      <div className="spread quiet">
        <span>{timeOf(first.toISOString())}</span>
        <span>
          {series.map(({ label: name, points }, index) => (
            <span key={name} className="legend">
              <svg width="14" height="10" aria-hidden="true">
                <rect className={TONES[index % TONES.length]} width="14" height="10" />
              </svg>{' '}
              {name}: {points.at(-1)?.text}
            </span>
          ))}
        </span>
        <span>{timeOf(last.toISOString())}</span>
      </div>
      {seen.length > 0 && (
        <ul className="quiet">
          {seen.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {children && (
        <details>
          <summary>The same as a table</summary>
          {children}
        </details>
      )}
    </figure>
  );
}
