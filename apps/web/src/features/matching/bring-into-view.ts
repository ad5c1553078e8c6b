/** Moves the page so that a block begins at its top, unless all of it is in view. At once for who wants no motion. */
export function bringIntoView(block: HTMLElement | null): void {
  if (!block) return;
  const { top, bottom } = block.getBoundingClientRect();
  if (top >= 0 && bottom <= window.innerHeight) return;
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  block.scrollIntoView({ block: 'start', behavior: isStill ? 'auto' : 'smooth' });
}
