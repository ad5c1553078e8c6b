/** A notch, seen where both halves meet. */
const NOTCH = 'M-9 12 0 2 9 12 0 22Z';

/** A piece of a whole stick, as wide as its place: both halves, closed, with notches at these percentages. Ornament only. */
export function Stick({ notches }: { readonly notches: readonly number[] }) {
  return (
    <svg className="stick" width="100%" height="24" aria-hidden="true">
      <rect className="stock" width="100%" y="1" height="10" />
      <rect className="foil" width="100%" y="13" height="10" />
      {notches.map((at) => (
        <svg key={at} x={`${at}%`} className="notch">
          <path d={NOTCH} />
        </svg>
      ))}
    </svg>
  );
}

/** Both halves apart: what is shown where something is missing. */
export function HalvesApart() {
  return (
    <svg className="apart" width="240" height="120" viewBox="0 0 240 120" aria-hidden="true">
      <path
        className="stock"
        transform="rotate(-4 120 40)"
        d="M10 14H232V48H162L152 30 142 48H118L108 30 98 48H86L76 30 66 48H54L44 30 34 48H10Z"
      />
      <path
        className="foil"
        transform="translate(6 16) rotate(5 110 80)"
        d="M10 98H188V64H162L152 82 142 64H118L108 82 98 64H86L76 82 66 64H54L44 82 34 64H10Z"
      />
    </svg>
  );
}
