import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type AnyRoute,
} from '@tanstack/react-router';
import { Nothing } from '../ui/page';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell, notFoundComponent: Nothing, validateSearch: textOnly });

/** The search part of an address: short texts, nothing else. */
function textOnly(search: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(search).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : undefined,
    ]),
  );
}

const page = (path: string, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as never, name as never),
  }) as AnyRoute;

const signIn = () => import('../features/account/sign-in-pages');
const password = () => import('../features/account/password-pages');
const account = () => import('../features/account/account-page');
const home = () => import('./home-pages');
const createLab = () => import('../features/lab/create-lab-page');
const join = () => import('../features/lab/join-page');
const team = () => import('../features/lab/team-page');
const vetting = () => import('../features/lab/vetting-page');
const projects = () => import('../features/project/projects-page');
const project = () => import('../features/project/project-page');
const projectWizard = () => import('../features/project/project-wizard-page');
const labOpening = () => import('./lab-opening-page');
const compare = () => import('../features/matching/compare-page');
const expertApplication = () => import('../features/application/expert-pages');
const expert = () => import('../features/expert/expert-pages');
const credential = () => import('../features/credential/credential-pages');
const labEngagements = () => import('../features/engagement/lab-engagements-page');
const labEngagement = () => import('../features/engagement/lab-engagement-page');
const sides = () => import('./side-pages');
const timeReview = () => import('../features/timesheet/time-review-page');
const weekReview = () => import('../features/timesheet/week-review-page');
const billing = () => import('../features/billing/billing-page');
const earnings = () => import('../features/billing/money-pages');
const admin = () => import('../features/audit/admin-pages');
const audit = () => import('../features/audit/audit-page');
const notification = () => import('../features/notification/notification-pages');
const mails = () => import('../features/notification/mails-page');

const routes = [
  page('/sign-in', signIn, 'SignInPage'),
  page('/sign-up', signIn, 'SignUpPage'),
  page('/first-admin', signIn, 'FirstAdminPage'),
  page('/forgotten-password', password, 'ForgottenPasswordPage'),
  page('/reset-password', password, 'ResetPasswordPage'),
  page('/account', account, 'AccountPage'),
  page('/home', home, 'HomePage'),
  page('/welcome', home, 'WelcomePage'),
  page('/welcome/lab', createLab, 'CreateLabPage'),
  page('/welcome/expert', expert, 'CreateExpertPage'),
  page('/join', join, 'JoinPage'),
  page('/notifications', notification, 'NotificationsPage'),
  page('/lab', home, 'LabHomePage'),
  page('/lab/projects', projects, 'ProjectsPage'),
  page('/lab/projects/new', projectWizard, 'NewProjectPage'),
  page('/lab/projects/$id', project, 'ProjectPage'),
  page('/lab/projects/$id/edit', projectWizard, 'EditProjectPage'),
  page('/lab/openings/$id', labOpening, 'LabOpeningPage'),
  page('/lab/openings/$id/compare', compare, 'ComparePage'),
  page('/lab/engagements', labEngagements, 'LabEngagementsPage'),
  page('/lab/engagements/$id', labEngagement, 'LabEngagementPage'),
  page('/lab/time', timeReview, 'TimeReviewPage'),
  page('/lab/time/$id', weekReview, 'WeekReviewPage'),
  page('/lab/billing', billing, 'BillingPage'),
  page('/lab/team', team, 'TeamPage'),
  page('/lab/vetting', vetting, 'VettingPage'),
  page('/expert', home, 'ExpertHomePage'),
  page('/expert/openings', expertApplication, 'OpeningsPage'),
  page('/expert/openings/$id', expertApplication, 'ExpertOpeningPage'),
  page('/expert/applications', expertApplication, 'ApplicationsPage'),
  page('/expert/offers/$id', expertApplication, 'OfferPage'),
  page('/expert/engagements', sides, 'ExpertEngagementsPage'),
  page('/expert/engagements/$id', home, 'ExpertEngagementPage'),
  page('/expert/week/$id', sides, 'ExpertWeekPage'),
  page('/expert/earnings', earnings, 'EarningsPage'),
  page('/expert/credentials', credential, 'CredentialsPage'),
  page('/expert/profile', expert, 'ProfilePage'),
  page('/admin', admin, 'AdminHomePage'),
  page('/admin/verification', credential, 'VerificationQueuePage'),
  page('/admin/verification/$id', credential, 'CredentialCasePage'),
  page('/admin/labs', admin, 'LabsPage'),
  page('/admin/labs/$id', admin, 'LabsPage'),
  page('/admin/audit', audit, 'AuditPage'),
  page('/admin/payouts', admin, 'PayoutsPage'),
  page('/admin/take-rates', admin, 'TakeRatesPage'),
  page('/admin/sandbox', admin, 'SandboxPage'),
  page('/admin/mails', mails, 'MailsPage'),
];

/** Every page of the signed-in product at its address. */
export const router = createRouter({ routeTree: root.addChildren(routes) });
