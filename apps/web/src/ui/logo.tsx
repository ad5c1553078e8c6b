/** The split stick: the lab's half above and longer, the expert's below. */
export function Logo() {
  return (
    <svg className="logo" width="48" height="24" viewBox="0 0 48 24" aria-hidden="true">
      <path className="lab" d="M2 4H46V11H32L30 7 28 11H23L21 7 19 11H17L15 7 13 11H11L9 7 7 11H2Z" />
      <path className="expert" d="M2 20H37V13H32L30 17 28 13H23L21 17 19 13H17L15 17 13 13H11L9 17 7 13H2Z" />
    </svg>
  );
}
