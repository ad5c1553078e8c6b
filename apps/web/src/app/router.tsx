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
const createLab = () => import('../features/lab/create-lab-page');
const join = () => import('../features/lab/join-page');
const team = () => import('../features/lab/team-page');
const vetting = () => import('../features/lab/vetting-page');
const projects = () => import('../features/project/projects-page');
const project = () => import('../features/project/project-page');
const projectWizard = () => import('../features/project/project-wizard-page');
const labHome = () => import('./lab-home-page');
const labOpening = () => import('./lab-opening-page');
const compare = () => import('../features/matching/compare-page');
const seats = () => import('../features/matching/seats-page');
const homeRedirect = () => import('./home-redirect');
const welcome = () => import('./welcome-page');
const openings = () => import('../features/application/openings-page');
const shown = () => import('../features/matching/shown-page');
const expertOpening = () => import('../features/application/opening-page');
const applications = () => import('../features/application/applications-page');
const offer = () => import('../features/application/offer-page');
const createExpert = () => import('../features/expert/create-expert-page');
const profile = () => import('../features/expert/profile-page');
const fairness = () => import('../features/expert/fairness-page');
const ownSuspension = () => import('../features/expert/suspension-page');
const suspensions = () => import('../features/expert/suspensions-page');
const expertStanding = () => import('../features/expert/expert-standing-page');
const ownCredentials = () => import('../features/credential/own-credentials-page');
const expertEngagements = () => import('../features/engagement/expert-engagements-page');
const expertEngagement = () => import('../features/engagement/expert-engagement-page');
const expertWeek = () => import('../features/timesheet/week-page');
const expertSheet = () => import('../features/timesheet/sheet-page');
const expertHome = () => import('./expert-home-page');
const labEngagements = () => import('../features/engagement/lab-engagements-page');
const labEngagement = () => import('../features/engagement/lab-engagement-page');
const timeReview = () => import('../features/timesheet/time-review-page');
const weekReview = () => import('../features/timesheet/week-review-page');
const half = () => import('../features/billing/half-page');
const compareHalves = () => import('../features/billing/compare-halves-page');
const billing = () => import('../features/billing/billing-page');
const bonuses = () => import('../features/engagement/bonuses-page');
const invoices = () => import('../features/billing/invoices-page');
const earnings = () => import('../features/billing/earnings-page');
const approvals = () => import('../features/audit/approvals-page');
const disputes = () => import('../features/billing/disputes-page');
const dispute = () => import('../features/billing/dispute-page');
const allInvoices = () => import('../features/billing/all-invoices-page');
const anyInvoice = () => import('../features/billing/any-invoice-page');
const schedules = () => import('../features/engagement/schedules-page');
const bankDetails = () => import('../features/billing/bank-details-page');
const taxForm = () => import('../features/billing/tax-form-page');
const adminHome = () => import('./admin-home-page');
const claims = () => import('../features/credential/verification-queue-page');
const claim = () => import('../features/credential/verification-case-page');
const vettingList = () => import('../features/lab/vetting-list-page');
const vettingCase = () => import('../features/lab/vetting-case-page');
const audit = () => import('../features/audit/audit-page');
const money = () => import('../features/audit/money-page');
const contractChecks = () => import('../features/audit/contract-checks-page');
const takeRatePeriods = () => import('../features/audit/take-rate-periods-page');
const margins = () => import('../features/audit/margins-page');
const waitingMoney = () => import('../features/audit/waiting-money-page');
const takenBack = () => import('../features/audit/taken-back-page');
const timeToPaid = () => import('../features/audit/time-to-paid-page');
const overrides = () => import('../features/audit/overrides-page');
const journal = () => import('../features/audit/journal-page');
const payouts = () => import('../features/payout/payouts-page');
const payoutRun = () => import('../features/payout/payout-run-page');
const takeRates = () => import('../features/billing/take-rates-page');
const policyEditor = () => import('../features/billing/policy-editor-page');
const ledger = () => import('../features/ledger/accounts-page');
const ledgerAccount = () => import('../features/ledger/account-page');
const reconciliation = () => import('../features/ledger/reconciliation-page');
const ledgerTransaction = () => import('../features/ledger/transaction-page');
const users = () => import('../features/account/users-page');
const matchModel = () => import('../features/matching/model-page');
const pastFits = () => import('../features/matching/past-fits-page');
const queues = () => import('../features/queue/queues-page');
const sandbox = () => import('../features/rail/sandbox-page');
const savedSearches = () => import('../features/matching/saved-searches-page');
const expertConflicts = () => import('../features/matching/expert-conflicts-page');
const labConflicts = () => import('../features/matching/lab-conflicts-page');
const emails = () => import('../features/notification/email-pages');
const notification = () => import('../features/notification/notification-pages');
const mails = () => import('../features/notification/mails-page');

const routes = [
  page('/sign-in', signIn, 'SignInPage'),
  page('/sign-up', signIn, 'SignUpPage'),
  page('/first-admin', signIn, 'FirstAdminPage'),
  page('/forgotten-password', password, 'ForgottenPasswordPage'),
  page('/reset-password', password, 'ResetPasswordPage'),
  page('/compare', compareHalves, 'CompareHalvesPage'),
  page('/account', account, 'AccountPage'),
  page('/home', homeRedirect, 'HomePage'),
  page('/welcome', welcome, 'WelcomePage'),
  page('/welcome/lab', createLab, 'CreateLabPage'),
  page('/welcome/expert', createExpert, 'CreateExpertPage'),
  page('/join', join, 'JoinPage'),
  page('/notifications', notification, 'NotificationsPage'),
  page('/notifications/emails', emails, 'EmailSettingsPage'),
  page('/unsubscribe/$token', emails, 'UnsubscribePage'),
  page('/lab/searches', savedSearches, 'SavedSearchesPage'),
  page('/expert/searches', savedSearches, 'SavedSearchesPage'),
  page('/lab/conflicts', labConflicts, 'LabConflictsPage'),
  page('/expert/conflicts', expertConflicts, 'ExpertConflictsPage'),
  page('/lab', labHome, 'LabHomePage'),
  page('/lab/projects', projects, 'ProjectsPage'),
  page('/lab/projects/new', projectWizard, 'NewProjectPage'),
  page('/lab/projects/$id', project, 'ProjectPage'),
  page('/lab/projects/$id/edit', projectWizard, 'EditProjectPage'),
  page('/lab/projects/$id/seats', seats, 'SeatsPage'),
  page('/lab/openings/$id', labOpening, 'LabOpeningPage'),
  page('/lab/openings/$id/compare', compare, 'ComparePage'),
  page('/lab/engagements', labEngagements, 'LabEngagementsPage'),
  page('/lab/engagements/$id', labEngagement, 'LabEngagementPage'),
  page('/lab/engagements/$id/statement', half, 'LabHalfPage'),
  page('/lab/time', timeReview, 'TimeReviewPage'),
  page('/lab/time/$id', weekReview, 'WeekReviewPage'),
  page('/lab/billing', billing, 'BillingPage'),
  page('/lab/bonuses', bonuses, 'BonusesPage'),
  page('/lab/invoices', invoices, 'InvoicesPage'),
  page('/lab/team', team, 'TeamPage'),
  page('/lab/vetting', vetting, 'VettingPage'),
  page('/expert', expertHome, 'ExpertHomePage'),
  page('/expert/openings', openings, 'OpeningsPage'),
  page('/expert/openings/$id', expertOpening, 'ExpertOpeningPage'),
  page('/expert/shown', shown, 'ShownPage'),
  page('/expert/applications', applications, 'ApplicationsPage'),
  page('/expert/offers/$id', offer, 'OfferPage'),
  page('/expert/engagements', expertEngagements, 'ExpertEngagementsPage'),
  page('/expert/engagements/$id', expertEngagement, 'ExpertEngagementPage'),
  page('/expert/engagements/$id/statement', half, 'ExpertHalfPage'),
  page('/expert/week', expertWeek, 'ExpertWeekPage'),
  page('/expert/week/$id', expertSheet, 'ExpertSheetPage'),
  page('/expert/earnings', earnings, 'EarningsPage'),
  page('/expert/bank-details', bankDetails, 'BankDetailsPage'),
  page('/expert/tax-form', taxForm, 'TaxFormPage'),
  page('/expert/credentials', ownCredentials, 'CredentialsPage'),
  page('/expert/profile', profile, 'ProfilePage'),
  page('/expert/fairness', fairness, 'FairnessPage'),
  page('/expert/suspension', ownSuspension, 'SuspensionPage'),
  page('/admin', adminHome, 'AdminHomePage'),
  page('/admin/verification', claims, 'VerificationQueuePage'),
  page('/admin/verification/$id', claim, 'VerificationCasePage'),
  page('/admin/labs', vettingList, 'VettingListPage'),
  page('/admin/labs/$id', vettingCase, 'VettingCasePage'),
  page('/admin/experts', suspensions, 'SuspensionsPage'),
  page('/admin/experts/$id', expertStanding, 'ExpertStandingPage'),
  page('/admin/audit', audit, 'AuditPage'),
  page('/admin/approvals', approvals, 'ApprovalsPage'),
  page('/admin/money', money, 'MoneyPage'),
  page('/admin/contract-checks', contractChecks, 'ContractChecksPage'),
  page('/admin/take-rate-periods', takeRatePeriods, 'TakeRatePeriodsPage'),
  page('/admin/margins', margins, 'MarginsPage'),
  page('/admin/waiting-money', waitingMoney, 'WaitingMoneyPage'),
  page('/admin/taken-back', takenBack, 'TakenBackPage'),
  page('/admin/time-to-paid', timeToPaid, 'TimeToPaidPage'),
  page('/admin/overrides', overrides, 'OverridesPage'),
  page('/admin/invoices', allInvoices, 'AllInvoicesPage'),
  page('/admin/invoices/$id', anyInvoice, 'AnyInvoicePage'),
  page('/admin/disputes', disputes, 'DisputesPage'),
  page('/admin/disputes/$id', dispute, 'DisputePage'),
  page('/admin/journal', journal, 'JournalPage'),
  page('/admin/payouts', payouts, 'PayoutsPage'),
  page('/admin/payouts/runs/$id', payoutRun, 'PayoutRunPage'),
  page('/admin/take-rates', takeRates, 'TakeRatesPage'),
  page('/admin/take-rates/new', policyEditor, 'PolicyEditorPage'),
  page('/admin/take-rates/direct-hire', schedules, 'SchedulesPage'),
  page('/admin/ledger', ledger, 'LedgerPage'),
  page('/admin/ledger/accounts/$code', ledgerAccount, 'LedgerAccountPage'),
  page('/admin/reconciliation', reconciliation, 'ReconciliationPage'),
  page('/admin/ledger/transactions/$id', ledgerTransaction, 'LedgerTransactionPage'),
  page('/admin/users', users, 'UsersPage'),
  page('/admin/model', matchModel, 'ModelPage'),
  page('/admin/fits', pastFits, 'PastFitsPage'),
  page('/admin/queues', queues, 'QueuesPage'),
  page('/admin/sandbox', sandbox, 'SandboxPage'),
  page('/admin/mails', mails, 'MailsPage'),
];

/** Every page of the signed-in product at its address. */
export const router = createRouter({ routeTree: root.addChildren(routes), scrollRestoration: true });
