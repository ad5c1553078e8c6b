import type { Amount, Realised } from './page-data';

/** A band on a scale from nothing to `scale`, with what was really paid as a notch. The words beside it say the same. */
export function RateRange({
  min,
  max,
  scale,
  realised,
}: {
  readonly min: Amount;
  readonly max: Amount;
  readonly scale: Amount;
  readonly realised?: Realised;
}) {
  const place = ({ minor }: Amount) => Math.min(100, (Number(minor) / Number(scale.minor)) * 100);
  const width = Math.max(0.6, place(max) - place(min));
  const isShown = realised?.median.currency === scale.currency;
  return (
    <svg className="range" width="100%" height="20" aria-hidden="true">
      <rect className="rail" width="100%" y="9" height="2" />
      <rect className="band" x={`${place(min)}%`} width={`${width}%`} y="5" height="10" />
      {realised && isShown && (
        <svg x={`${place(realised.median)}%`} className="mark">
          <path d="M-7 10 0 1 7 10 0 19Z" />
        </svg>
      )}
    </svg>
  );
}
