import { Link } from '@tanstack/react-router';
import { Page } from '../ui/page';

/** What a new account is for. */
export function WelcomePage() {
  return (
    <Page title="What brings you here?" about="You can be on both sides later; one account is enough.">
      <div className="halves">
        <div className="sheet">
          <h2>You need experts</h2>
          <p>
            Post work in layers, see each price before you publish, and pay only for hours that you approve.
          </p>
          <Link className="button main" to="/welcome/lab">
            I look for experts
          </Link>
        </div>
        <div className="sheet">
          <h2>You are one</h2>
          <p>Prove what you know once, see what each opening really pays, and be paid for all your time.</p>
          <Link className="button main" to="/welcome/expert">
            I am an expert
          </Link>
        </div>
      </div>
      <p className="quiet">You were invited to a lab? Open the link in your email instead.</p>
    </Page>
  );
}
