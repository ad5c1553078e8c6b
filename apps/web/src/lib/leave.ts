/** Goes to the sign-in page once a session has ended; what was typed in this tab goes with it. */
export function leave(): void {
  sessionStorage.clear();
  window.location.assign('/sign-in');
}
