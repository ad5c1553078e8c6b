const KEPT = [
  ['Name, email address, password', 'To sign you in. The password is stored as a hash only.', 'You'],
  [
    'Profile: skills, languages, country, work history',
    'To find work that fits.',
    'Labs that sign in, while you allow it',
  ],
  [
    'Credentials and their evidence',
    'To check what you claim.',
    'Evidence: you and the verifiers. Labs see the outcome',
  ],
  ['Logged time, notes, messages about lines', 'To be paid and to pay.', 'You and that lab'],
  ['Charges and payouts', 'Money must be provable, and the law asks for it.', 'You, that lab, finance staff'],
  [
    'The record of what was done',
    'So that nobody can change the past unnoticed.',
    'You, the other side, auditors',
  ],
] as const;

/** What is kept and why, in plain words. */
export function PrivacyPage() {
  return (
    <div className="wide prose">
      <h1>Privacy</h1>
      <p className="lede">We ask for what the work needs, say why, and let you take it with you.</p>
      <h2>What is kept</h2>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Why</th>
            <th scope="col">Who sees it</th>
          </tr>
        </thead>
        <tbody>
          {KEPT.map(([what, why, who]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td data-label="Why">{why}</td>
              <td data-label="Who sees it">{who}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>What is never collected</h2>
      <p>
        No screenshots, no keystrokes, no camera, no biometrics. If a lab monitors anything in its own tools,
        its posting says so before you apply.
      </p>
      <h2>Your email address</h2>
      <p>Labs do not see it. Offers, answers and questions about lines go through the product.</p>
      <h2>The record and your words</h2>
      <p>
        The record of what was done is sealed: it keeps ids, codes and amounts. Your words lie beside it, so
        that they can be erased without breaking a seal. What the law makes us keep, such as payments, stays
        until its term ends.
      </p>
      <h2>Published figures</h2>
      <p>
        Realised rates and monthly sums are published over all labs. A figure that fewer than five people or
        lines stand behind is not shown.
      </p>
      <h2>Cookies</h2>
      <p>
        These public pages set none. After you sign in, one cookie keeps you signed in, and one remembers
        light or dark if you choose. No page loads anything from another site, and nobody counts your visits
        for us.
      </p>
    </div>
  );
}
