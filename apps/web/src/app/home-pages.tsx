import { Link, useParams } from '@tanstack/react-router';
import { EngagementTerms } from '../features/engagement/engagement-pages';
import { LogTime } from '../features/timesheet/timesheet-pages';
import { Page } from '../ui/page';

/** Where a lab begins. */
export function LabHomePage() {
  return (
    <Page title="Your lab">
      <ul>
        <li>
          <Link to="/lab/projects/new">Post a project</Link>: layers, rungs, and the price before you publish
        </li>
        <li>
          <Link to="/lab/time">Review time</Link>: approve or question line by line
        </li>
        <li>
          <Link to="/lab/billing">Add funds</Link>: each week is held before it begins
        </li>
      </ul>
    </Page>
  );
}

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
