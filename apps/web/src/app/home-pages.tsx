import { Link, useParams } from '@tanstack/react-router';
import { EngagementTerms } from '../features/engagement/engagement-pages';
import { LogTime } from '../features/timesheet/timesheet-pages';
import { Page } from '../ui/page';

/** Where an expert begins. */
export function ExpertHomePage() {
  return (
    <Page title="Your work">
      <ul>
        <li>
          <Link to="/expert/profile">Write your profile</Link>, or take over a JSON Resume
        </li>
        <li>
          <Link to="/expert/credentials">Prove what you know</Link>, once
        </li>
        <li>
          <Link to="/expert/openings">See openings ranked for you</Link>, with the reasons
        </li>
        <li>
          <Link to="/expert/engagements">Log time</Link>
        </li>
        <li>
          <Link to="/expert/earnings">Get paid</Link>
        </li>
      </ul>
    </Page>
  );
}

/** The expert's page of an engagement: terms and time together. */
export function ExpertEngagementPage() {
  const { id = '' } = useParams({ strict: false });
  return (
    <Page title="Engagement">
      <EngagementTerms id={id} />
      <LogTime engagementId={id} />
    </Page>
  );
}
