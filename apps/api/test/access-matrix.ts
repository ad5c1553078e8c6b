import { key } from './main-job';
import type { Rows } from './access-world';

/** Everybody who may ask; each column of the matrix. The lab's four act for one lab, the expert works for it. */
export const ROLES = [
  'visitor',
  'stranger',
  'owner',
  'manager',
  'reviewer',
  'labFinance',
  'expert',
  'verifier',
  'trust',
  'finance',
  'auditor',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * People with two hats: may do what either may, and no more. Their second hat is an expert's who has no work, so that
 * what experts may do with their own rows opens nobody else's.
 */
export const TWO_HATS = { reviewerAndExpert: 'reviewer', verifierAndExpert: 'verifier' } as const;
export type Column = Role | keyof typeof TWO_HATS;

/**
 * Whose rows are asked for. `own`: of the lab and the expert who work together. `same`: of the same lab with another
 * expert. `other`: of another lab and another expert.
 */
export const RELATIONS = ['own', 'same', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

/** One kind of call: what is sent, and who is let in. Who is not named is denied, and a deny looks like absence. */
export interface Case {
  /** Tells cases of one operation apart. */
  readonly about?: string;
  /** Variables of the operation, or the request of a route. */
  readonly ask?: (rows: Rows) => object;
  /** Who may call it, where it takes no rows. */
  readonly to?: readonly Role[];
  /** Who may call it for whose rows. */
  readonly own?: readonly Role[];
  readonly same?: readonly Role[];
  readonly other?: readonly Role[];
  /** Who gets an empty answer instead of a refusal for rows that are not theirs: the one that an absent row gives. */
  readonly quiet?: readonly Role[];
  /** The rule that refuses even those who are let in, as it is asked here. */
  readonly refusedBy?: string;
}

/** A request of a route. */
export interface RouteAsk {
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const HIRING = ['owner', 'manager'] as const;
const REVIEWING = ['owner', 'manager', 'reviewer'] as const;
const LAB = ['owner', 'manager', 'reviewer', 'labFinance'] as const;
const MONEY = ['owner', 'labFinance'] as const;
const READING_MONEY = ['owner', 'manager', 'labFinance'] as const;
const EXPERT = ['expert'] as const;
const STAFF = ['verifier', 'trust', 'finance', 'auditor', 'admin'] as const;
const AUDITING = ['trust', 'finance', 'auditor', 'admin'] as const;
const VERIFYING = ['verifier', 'admin'] as const;
const PAYING = ['finance', 'admin'] as const;
const VETTING = ['trust', 'admin'] as const;
const SIGNED_IN = ROLES.filter((role) => role !== 'visitor');

const any = (who: readonly Role[]) => ({ own: who, same: who, other: who });
const ofLab = (who: readonly Role[]) => ({ own: who, same: who });
const ofBoth = (lab: readonly Role[]) => ({ own: [...lab, 'expert'] as const, same: lab });
const input = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
const reason = 'A reason of more than ten letters.';

/** Queries by name. */
export const QUERIES: Record<string, Case | readonly Case[]> = {
  accounts: { to: ['admin'] },
  allInvoices: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  allChargeSums: { ask: ({ engagement }) => ({ engagementId: engagement }), ...any(AUDITING) },
  allCharges: { ask: ({ engagement }) => ({ engagementId: engagement }), ...any(AUDITING) },
  anyInvoice: { ask: ({ invoice }) => ({ id: invoice }), ...any(AUDITING) },
  approvalLimits: { to: AUDITING },
  approvalRequests: { to: AUDITING },
  bonusFiles: { to: READING_MONEY },
  bonusPlan: { to: MONEY, ask: () => ({ file: 'engagement,currency,amount,reason' }) },
  channelAdvice: { to: HIRING, ask: () => ({ control: 'LOW', scarcity: 'LOW', sensitivity: 'LOW' }) },
  creditApprovalAbove: { to: PAYING, ask: () => ({ currency: 'USD' }) },
  conflictDeclarations: { to: REVIEWING },
  myConflicts: { to: EXPERT },
  contractChecks: {
    ask: ({ lab }) => ({ labId: lab, isDifferent: true }),
    ...any(AUDITING),
  },
  dispute: { ask: ({ dispute }) => ({ id: dispute }), ...any(AUDITING) },
  disputes: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  labDisputes: { to: READING_MONEY },
  creditOfLab: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  credentialCase: { ask: ({ credential }) => ({ id: credential }), ...any(VERIFYING) },
  conversionSchedules: { to: AUDITING },
  conversionQuote: {
    ask: ({ engagement }) => ({ engagementId: engagement }),
    own: [...READING_MONEY, 'expert', ...STAFF],
    same: [...READING_MONEY, ...STAFF],
    other: STAFF,
  },
  engagement: {
    ask: ({ engagement }) => ({ id: engagement }),
    own: [...LAB, 'expert', ...STAFF],
    same: [...LAB, ...STAFF],
    other: STAFF,
  },
  expertProfile: {
    ask: ({ expert }) => ({ id: expert }),
    own: [...LAB, 'expert', ...STAFF],
    same: [...LAB, ...STAFF],
    // This expert does not consent to be shown to labs.
    other: STAFF,
  },
  fitForMe: [
    { ask: ({ opening }) => ({ openingId: opening }), ...any(EXPERT) },
    { about: 'a draft', ask: ({ draftOpening }) => ({ openingId: draftOpening }), quiet: EXPERT },
  ],
  fundings: { to: READING_MONEY },
  invoices: { to: READING_MONEY },
  journal: { ask: ({ engagement }) => ({ subjectId: engagement }), ...any(AUDITING) },
  lab: { ask: ({ lab }) => ({ id: lab }), ...any(STAFF) },
  invoiceSums: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  labBalances: { to: READING_MONEY },
  moneyAdmins: { to: PAYING },
  labCredit: { to: READING_MONEY },
  labCard: [
    { ask: ({ lab }) => ({ id: lab }), ...any([...LAB, 'expert', ...STAFF]) },
    { about: 'not vetted', ask: ({ pendingLab }) => ({ id: pendingLab }), ...any(STAFF) },
  ],
  labChargeSums: {
    ask: ({ engagement }) => ({ engagementId: engagement }),
    ...ofLab(READING_MONEY),
    quiet: READING_MONEY,
  },
  labCharges: {
    ask: ({ engagement }) => ({ engagementId: engagement }),
    ...ofLab(READING_MONEY),
    quiet: READING_MONEY,
  },
  labEngagements: { to: LAB },
  labInvitation: { ask: ({ invitationToken }) => ({ token: invitationToken }), ...any(ROLES) },
  labRefunds: { to: READING_MONEY },
  labMovements: { to: READING_MONEY },
  labTimesheets: {
    ask: ({ engagement }) => ({ engagementId: engagement }),
    ...ofLab(REVIEWING),
    quiet: REVIEWING,
  },
  mySuspension: { to: EXPERT },
  suspensions: { to: AUDITING },
  expertStanding: { ask: ({ expert }) => ({ id: expert }), ...any(AUDITING) },
  expertsNamed: { to: AUDITING, ask: () => ({ part: 'expert' }) },
  labs: { to: STAFF },
  ledgerAccount: { ask: ({ account }) => ({ code: account }), ...any(AUDITING) },
  ledgerAccounts: { ask: ({ lab }) => ({ ownerId: lab }), ...any(AUDITING) },
  ledgerStatement: { ask: ({ account }) => ({ code: account }), ...any(AUDITING) },
  ledgerTransaction: { ask: ({ ledgerTransaction }) => ({ id: ledgerTransaction }), ...any(AUDITING) },
  heldMoney: { to: AUDITING },
  homeForExpert: { to: EXPERT },
  homeForLab: { to: LAB },
  homeForStaff: { to: STAFF },
  jobQueues: { to: ['admin'] },
  mails: { to: ['admin'] },
  matchModels: { to: STAFF },
  margins: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  moneyHeadlines: { to: AUDITING },
  myApplications: { to: EXPERT },
  myChargeSums: { ask: ({ engagement }) => ({ engagementId: engagement }), own: EXPERT, quiet: EXPERT },
  myCharges: { ask: ({ engagement }) => ({ engagementId: engagement }), own: EXPERT, quiet: EXPERT },
  myCredentials: { to: EXPERT },
  myEngagements: { to: EXPERT },
  myInvitations: { to: EXPERT },
  myLab: { to: LAB },
  myPayouts: { to: EXPERT },
  myProfile: { to: EXPERT },
  myVolunteeredGroup: { to: EXPERT },
  myProfileAsLabsSeeIt: { to: EXPERT },
  myTaxForm: { to: EXPERT },
  myTimer: { to: EXPERT },
  myTimesheets: { ask: ({ engagement }) => ({ engagementId: engagement }), own: EXPERT, quiet: EXPERT },
  myWeek: { to: EXPERT },
  notifications: { to: SIGNED_IN },
  applicationsRuledOut: { ask: ({ offer }) => ({ offerId: offer }), own: EXPERT },
  offer: { ask: ({ offer }) => ({ id: offer }), ...ofBoth(REVIEWING) },
  offerPrice: {
    ask: ({ application }) => ({ applicationId: application, rateMinorPerHour: '12345', weeklyCapHours: 5 }),
    ...ofLab(HIRING),
  },
  openingInvitations: { ask: ({ opening }) => ({ openingId: opening }), ...ofLab(HIRING) },
  overrides: { ask: ({ expert }) => ({ expertId: expert, isHasty: true }), ...any(AUDITING) },
  pastFits: { ask: ({ lab, expert }) => ({ labId: lab, expertId: expert, kind: 'SHOWN' }), ...any(AUDITING) },
  takenBack: { ask: ({ expert }) => ({ expertId: expert }), ...any(AUDITING) },
  paidLines: { ask: ({ expert }) => ({ expertId: expert }), ...any(AUDITING) },
  payoutCalendar: { to: EXPERT },
  payoutHolds: { to: AUDITING },
  payoutRuns: { to: AUDITING },
  payoutRun: { to: AUDITING, ask: () => ({ id: 'none' }), refusedBy: 'INVALID_INPUT' },
  reconciliationBreaks: { to: AUDITING, ask: () => ({ state: 'OPEN' }) },
  reconciliationRuns: { to: AUDITING },
  payoutStanding: { to: EXPERT },
  payoutSwitch: { to: AUDITING },
  payouts: { ask: ({ expert }) => ({ expertId: expert }), ...any(AUDITING) },
  pipeline: { ask: ({ opening }) => ({ openingId: opening }), ...ofLab(HIRING) },
  project: [
    { ask: ({ project }) => ({ id: project }), ...ofLab([...LAB, ...STAFF]), other: STAFF },
    {
      about: 'a draft',
      ask: ({ draftProject }) => ({ id: draftProject }),
      ...ofLab([...LAB, ...STAFF]),
      other: STAFF,
    },
  ],
  projects: { to: LAB },
  purchaseOrders: { to: READING_MONEY },
  publicOpening: [
    { ask: ({ opening }) => ({ id: opening }), ...any(ROLES) },
    {
      about: 'a draft',
      ask: ({ draftOpening }) => ({ id: draftOpening }),
      ...ofLab([...LAB, ...STAFF]),
      other: STAFF,
    },
  ],
  publicOpenings: { to: ROLES },
  visibility: { to: EXPERT },
  recommendations: { to: EXPERT },
  reviewQueue: { to: REVIEWING },
  sandboxState: { to: PAYING },
  mailSetting: { to: SIGNED_IN },
  savedSearches: { to: [...REVIEWING, 'expert'] },
  savedViews: { to: AUDITING, ask: () => ({ list: '/admin/payouts' }) },
  searchTaxonomy: { to: SIGNED_IN, ask: () => ({ text: 'cardio' }) },
  seatPrices: {
    ask: ({ seatProposal, opening }) => ({
      proposalId: seatProposal,
      terms: [
        {
          openingId: opening,
          rateMinorPerHour: '12345',
          weeklyCapHours: 5,
          noticeDays: 7,
          startsOn: '2026-11-23',
        },
      ],
    }),
    ...ofLab(HIRING),
  },
  seatProposal: { ask: ({ project }) => ({ projectId: project }), ...ofLab(HIRING) },
  shortlist: { ask: ({ opening }) => ({ openingId: opening }), ...ofLab(REVIEWING) },
  similarExperts: {
    ask: ({ opening, expert }) => ({ openingId: opening, expertId: expert }),
    ...ofLab(REVIEWING),
  },
  takeRate: {
    ask: ({ project, expert }) => ({ projectId: project, expertId: expert }),
    ...ofLab(READING_MONEY),
    quiet: READING_MONEY,
  },
  takeRateLines: { ask: ({ lab }) => ({ labId: lab, period: 'WEEK', by: 'LAB' }), ...any(AUDITING) },
  takeRatePeriods: { ask: ({ lab }) => ({ labId: lab, period: 'MONTH', by: 'POLICY' }), ...any(AUDITING) },
  takeRateHistory: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  takeRateConcerns: {
    ask: (rows) =>
      input({
        labId: rows.lab,
        labFeePpm: 100_000,
        expertFeePpm: 0,
        effectiveFrom: '2026-12-01T00:00:00Z',
        reason,
      }),
    ...any(PAYING),
  },
  takeRateSubjects: { ask: ({ lab }) => ({ labId: lab }), ...any(PAYING) },
  takeRateWeeks: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  takeRatePolicies: { to: AUDITING },
  takeRateRuns: { to: AUDITING },
  feeDrifts: { ask: ({ lab }) => ({ labId: lab }), ...any(AUDITING) },
  waitingItems: { ask: ({ lab }) => ({ ownerId: lab }), ...any(AUDITING) },
  waitingMoney: { ask: ({ expert }) => ({ ownerId: expert }), ...any(AUDITING) },
  timeToPaid: { ask: ({ expert }) => ({ expertId: expert, period: 'WEEK' }), ...any(AUDITING) },
  timesheet: [
    {
      ask: ({ timesheet }) => ({ id: timesheet }),
      own: [...LAB, 'expert', ...STAFF],
      same: [...LAB, ...STAFF],
      other: STAFF,
    },
    {
      about: 'a draft',
      ask: ({ draftTimesheet }) => ({ id: draftTimesheet }),
      own: ['expert', ...STAFF],
      same: STAFF,
      other: STAFF,
    },
  ],
  unreadNotificationCount: { to: SIGNED_IN },
  waitingRefunds: { to: READING_MONEY },
  verificationQueue: { to: VERIFYING },
  viewer: { to: ROLES },
};

const layer = {
  title: 'A layer',
  description: '',
  rung: 'GENERALIST',
  currency: 'USD',
  rateMinMinor: '2500',
  rateMaxMinor: '4000',
  seats: 1,
  hoursPerWeek: 10,
  weeks: 4,
  startsOn: '2026-11-23',
  countries: [],
  skills: [],
  credentials: [],
  languages: [],
};
const project = {
  title: 'A draft',
  summary: 'Something to be written about.',
  taskFamily: 'REASONING',
  scarcity: 'LOW',
  sensitivity: 'LOW',
  control: 'LOW',
  unpaidParts: '',
  monitoring: '',
  contentWarning: '',
  openings: [layer],
};
const lab = {
  name: 'Another lab',
  legalName: 'Another lab Inc.',
  country: 'US',
  owners: [{ name: 'Ana Pop', shareBasisPoints: 10_000 }],
  competitors: [],
};
const profile = {
  displayName: 'Dr Ana',
  headline: '',
  bio: '',
  country: 'US',
  timeZone: 'UTC',
  hoursPerWeek: 10,
  isVisibleToLabs: true,
  minimumRateMinor: '100',
  rateCurrency: 'USD',
  skills: [],
  languages: [],
  affiliations: [],
  evidence: [],
};
const degree = { degree: 'PhD', subject: 'Physics', institution: 'Uni Cluj', year: '2019' };
const person = { name: 'Somebody', timeZone: 'UTC' };
const password = 'a long enough password';
const draft = ({ draftCredential }: Rows) => ({ id: draftCredential });
const late = { startsAt: '2026-11-17T20:00:00Z', endsAt: '2026-11-17T20:30:00Z', kind: 'WORK', note: 'Late' };

/** Mutations by name. Each is run to its end and taken back. */
export const MUTATIONS: Record<string, Case | readonly Case[]> = {
  acceptOffer: { ask: ({ offer }) => ({ id: offer, idempotencyKey: key() }), own: EXPERT },
  addCredential: {
    to: EXPERT,
    ask: () =>
      input({ type: 'DEGREE', claim: Object.entries(degree).map(([name, value]) => ({ name, value })) }),
  },
  addMatchModel: { to: ['admin'], ask: () => input({ model: '{}' }), refusedBy: 'MODEL_BROKEN' },
  addPurchaseOrder: {
    to: MONEY,
    ask: () => input({ number: key(), amountMinor: '1000', currency: 'USD' }),
  },
  addEntry: { ask: ({ engagement }) => input({ engagementId: engagement, ...late }), own: EXPERT },
  advanceSandbox: { to: PAYING },
  answerQuestion: {
    ask: ({ questionedLine }) => input({ entryId: questionedLine, accept: false, answer: reason }),
    own: EXPERT,
  },
  appealCredential: { ask: ({ rejectedCredential }) => ({ id: rejectedCredential }), own: EXPERT },
  apply: [
    { ask: ({ freshOpening }) => input({ openingId: freshOpening, note: 'Hello' }), ...any(EXPERT) },
    { about: 'a draft', ask: ({ draftOpening }) => input({ openingId: draftOpening, note: 'Hello' }) },
  ],
  approveLines: {
    ask: ({ timesheet, line }) => input({ timesheetId: timesheet, entryIds: [line] }),
    ...ofLab(REVIEWING),
  },
  approveWeek: [
    { ask: ({ timesheet }) => input({ timesheetId: timesheet }), ...ofLab(REVIEWING) },
    { about: 'a draft', ask: ({ draftTimesheet }) => input({ timesheetId: draftTimesheet }) },
  ],
  beatTimer: { to: EXPERT, refusedBy: 'NO_TIMER' },
  changeDetails: { to: SIGNED_IN, ask: () => ({ input: person }) },
  changeLabMemberRole: {
    ask: ({ member }) => input({ memberId: member, role: 'REVIEWER' }),
    ...ofLab(['owner']),
  },
  changePassword: {
    to: SIGNED_IN,
    ask: () => ({ input: { currentPassword: 'not the password', newPassword: password } }),
    refusedBy: 'PASSWORD_WRONG',
  },
  closeOpening: { ask: ({ opening }) => ({ openingId: opening }), ...ofLab(HIRING) },
  closeProject: { ask: ({ project: id }) => ({ id }), ...ofLab(HIRING) },
  createExpert: { to: SIGNED_IN, ask: () => input({ displayName: 'Dr Ana', country: 'US' }) },
  createFirstAdmin: {
    to: ROLES,
    ask: () => ({
      input: { ...person, email: 'first@example.org', password, token: 'not-the-secret-of-the-link' },
    }),
    refusedBy: 'LINK_USED',
  },
  createLab: { to: SIGNED_IN, ask: () => input(lab) },
  createTakeRatePolicy: {
    ask: (rows) =>
      input({
        labId: rows.lab,
        labFeePpm: 100_000,
        expertFeePpm: 0,
        effectiveFrom: '2026-12-01T00:00:00Z',
        reason,
      }),
    ...any(PAYING),
  },
  decideApproval: {
    to: PAYING,
    ask: () => ({ input: { id: 'none', decision: 'APPROVE', payloadSha256: 'none', reason } }),
    refusedBy: 'INVALID_INPUT',
  },
  decideCredential: {
    ask: ({ credential, credentialSeen }) =>
      input({ credentialId: credential, outcome: 'APPROVE', reason, seenHash: credentialSeen }),
    ...any(VERIFYING),
  },
  declineApplication: {
    ask: ({ application }) => ({ input: { applicationId: application, reason } }),
    ...ofLab(HIRING),
  },
  declineInvitation: { ask: ({ workInvitation }) => ({ id: workInvitation }), own: EXPERT },
  declineOffer: { ask: ({ offer }) => ({ id: offer }), own: EXPERT },
  discardTimer: { to: EXPERT, refusedBy: 'NO_TIMER' },
  editEntry: { ask: ({ draftLine }) => input({ id: draftLine, ...late }), own: EXPERT },
  editProfile: { to: EXPERT, ask: () => input(profile) },
  editVetting: { to: ['owner'], ask: () => input({ owners: lab.owners, competitors: [] }) },
  askForMatchModel: {
    to: ['admin'],
    ask: () => ({ input: { modelId: '00000000-0000-7000-8000-000000000000', reason: 'short' } }),
    refusedBy: 'INVALID_INPUT',
  },
  giveNotice: {
    ask: ({ engagement }) => input({ engagementId: engagement, reason }),
    ...ofBoth(HIRING),
  },
  goBackToMatchModel: {
    to: ['admin'],
    ask: () => ({ input: { modelId: '00000000-0000-7000-8000-000000000000', reason: 'short' } }),
    refusedBy: 'INVALID_INPUT',
  },
  grantStaffRole: {
    to: ['admin'],
    ask: () => ({ email: 'stranger@example.org', role: 'VERIFIER' }),
    refusedBy: 'EMAIL_UNPROVEN',
  },
  hireDirectly: {
    ask: ({ engagement }) => input({ engagementId: engagement, dueMinor: '1' }),
    ...ofLab(['owner']),
    refusedBy: 'QUOTE_CHANGED',
  },
  importResume: {
    to: EXPERT,
    ask: () => ({ resume: '{"basics":{"name":"Dr Ana"}}', idempotencyKey: key() }),
  },
  holdPayouts: {
    to: PAYING,
    ask: () => input({ expertId: 'none', reason, reviewOn: '2026-11-20T00:00:00Z' }),
    refusedBy: 'INVALID_INPUT',
  },
  writeOffOwed: {
    ask: ({ expert }) => input({ expertId: expert, currency: 'USD', reason }),
    ...any(PAYING),
    refusedBy: 'NOTHING_OWED',
  },
  takeBackCharge: { to: PAYING, ask: () => input({ chargeId: 'none', reason }), refusedBy: 'INVALID_INPUT' },
  issueInvoice: {
    to: MONEY,
    ask: () => input({ amountMinor: '1000', currency: 'JPY' }),
    refusedBy: 'NO_CREDIT',
  },
  inviteExpert: [
    {
      ask: ({ freshOpening, expert }) => input({ openingId: freshOpening, expertId: expert, message: '' }),
      ...ofLab(HIRING),
    },
    {
      about: 'somebody who is not shown to labs',
      ask: ({ ownOpening, hiddenExpert }) =>
        input({ openingId: ownOpening, expertId: hiddenExpert, message: '' }),
    },
  ],
  inviteLabMember: { to: ['owner'], ask: () => input({ email: 'new@example.org', role: 'REVIEWER' }) },
  joinLab: {
    ask: ({ invitationToken }) => ({ token: invitationToken }),
    ...any(SIGNED_IN),
    refusedBy: 'INVITED_OTHER',
  },
  leaveLab: { to: LAB },
  markNotificationsRead: {
    ask: ({ notification }) => ({ ids: [notification] }),
    own: EXPERT,
    quiet: SIGNED_IN,
  },
  openPayouts: { to: PAYING, ask: () => ({ reason: 'short' }), refusedBy: 'INVALID_INPUT' },
  payBonuses: {
    to: MONEY,
    ask: () => input({ file: 'engagement,currency,amount,reason', name: 'a.csv' }),
    refusedBy: 'BONUS_FILE_BAD',
  },
  publishConversionSchedule: {
    to: PAYING,
    ask: () =>
      input({
        baseWeeks: 0,
        creditPpm: 0,
        steps: [{ fromMonth: 0, ppm: 0 }],
        effectiveFrom: '2027-01-01T00:00:00Z',
        reason,
      }),
    refusedBy: 'SCHEDULE_WRONG',
  },
  payInvoice: {
    ask: ({ invoice }) => input({ invoiceId: invoice }),
    ...ofLab(MONEY),
    refusedBy: 'INVOICE_NOT_OPEN',
  },
  payOutNow: { to: EXPERT },
  movePayoutAccount: {
    ask: () => ({ input: { country: 'nowhere', currency: 'USD' } }),
    to: EXPERT,
    refusedBy: 'INVALID_INPUT',
  },
  payOutPart: {
    ask: () => ({ input: { amountMinor: '100', currency: 'USD', idempotencyKey: key() } }),
    to: EXPERT,
    refusedBy: 'PAYOUT_HELD',
  },
  proveBooks: { to: ['finance', 'auditor', 'admin'] },
  recomputeFees: { to: ['finance', 'auditor', 'admin'] },
  publishProject: {
    ask: ({ draftProject }) => ({ id: draftProject, idempotencyKey: key() }),
    ...ofLab(HIRING),
  },
  questionLine: { ask: ({ line }) => input({ entryId: line, question: reason }), ...ofLab(REVIEWING) },
  recallWeek: { ask: ({ recallableTimesheet }) => ({ id: recallableTimesheet }), own: EXPERT },
  releasePayoutHold: {
    to: PAYING,
    ask: () => ({ id: 'no hold', reason }),
    refusedBy: 'INVALID_INPUT',
  },
  removeEntry: { ask: ({ draftLine }) => ({ id: draftLine }), own: EXPERT },
  removeLabMember: { ask: ({ member }) => ({ memberId: member }), ...ofLab(['owner']) },
  requestFunding: { to: MONEY, ask: () => input({ amountMinor: '10000', currency: 'USD' }) },
  requestPasswordReset: { to: ROLES, ask: () => ({ email: 'stranger@example.org' }) },
  requestRefund: { to: MONEY, ask: () => input({ amountMinor: '1000', currency: 'USD' }) },
  resetPassword: {
    to: ROLES,
    ask: () => ({ input: { token: 'not-the-secret-of-the-link', password } }),
    refusedBy: 'LINK_USED',
  },
  retryJob: {
    to: ['admin'],
    ask: () => ({ queue: 'audit', id: 'x'.repeat(201) }),
    refusedBy: 'INVALID_INPUT',
  },
  revokeLabInvitation: { ask: ({ invitation }) => ({ id: invitation }), ...ofLab(['owner']) },
  revokeStaffRole: {
    ask: ({ account }) => ({ accountId: account, role: 'NO_ROLE' }),
    ...any(['admin']),
    refusedBy: 'INVALID_INPUT',
  },
  runPayouts: { to: PAYING },
  saveProject: [
    { about: 'a new one', to: HIRING, ask: () => input(project) },
    { ask: ({ draftProject }) => input({ ...project, id: draftProject }), ...ofLab(HIRING) },
  ],
  sendOffer: {
    ask: ({ application }) =>
      input({
        applicationId: application,
        rateMinorPerHour: '12345',
        weeklyCapHours: 5,
        noticeDays: 7,
        startsOn: '2026-11-23',
      }),
    ...ofLab(HIRING),
  },
  declareOwnership: {
    ask: ({ freshOpening }) =>
      input({ openingId: freshOpening, organisation: 'Nimbus', belongsTo: [], words: reason }),
    ...any(EXPERT),
    refusedBy: 'NOTHING_ASKED',
  },
  decideConflict: {
    ask: ({ conflictDeclaration }) =>
      input({ declarationId: conflictDeclaration, isConflict: false, reason }),
    ...ofLab(HIRING),
  },
  markCandidate: {
    ask: ({ opening, expert }) => ({ input: { openingId: opening, expertId: expert } }),
    ...ofLab(HIRING),
  },
  proposeSeats: {
    ask: ({ project }) =>
      input({
        projectId: project,
        perExpert: 1,
        largestSharePercent: 100,
        newcomers: 0,
        jurisdictions: [],
        said: [],
      }),
    ...ofLab(HIRING),
  },
  cancelSeats: {
    ask: ({ seatProposal }) => ({ proposalId: seatProposal }),
    ...ofLab(HIRING),
    refusedBy: 'STATE_CHANGED',
  },
  confirmSeats: {
    ask: ({ seatProposal, opening }) => ({
      input: {
        proposalId: seatProposal,
        version: 1,
        terms: [
          {
            openingId: opening,
            rateMinorPerHour: '12345',
            weeklyCapHours: 5,
            noticeDays: 7,
            startsOn: '2026-11-23',
          },
        ],
      },
    }),
    ...ofLab(HIRING),
    refusedBy: 'STATE_CHANGED',
  },
  stopPayouts: { to: PAYING, ask: () => ({ reason: 'short' }), refusedBy: 'INVALID_INPUT' },
  setCreditTerms: {
    ask: ({ lab }) => input({ labId: lab, amountMinor: '1000', currency: 'USD', dueDays: 30, reason }),
    ...any(PAYING),
  },
  saveView: {
    to: AUDITING,
    ask: () => ({ input: { list: '/admin/payouts', name: key(), search: 'state=GATED', isShared: true } }),
  },
  changeView: {
    to: AUDITING,
    ask: () => ({ input: { id: 'none', name: 'Mine', isShared: false } }),
    refusedBy: 'INVALID_INPUT',
  },
  forgetView: { to: AUDITING, ask: () => ({ id: 'none' }), refusedBy: 'INVALID_INPUT' },
  setJobAside: {
    to: ['admin'],
    ask: () => ({ queue: 'audit', id: 'x'.repeat(201), why: 'NOT_NEEDED' }),
    refusedBy: 'INVALID_INPUT',
  },
  setSandboxDelay: { to: PAYING, ask: () => ({ name: 'payment', seconds: 0 }) },
  reconcileRail: { to: PAYING },
  resolveBreak: {
    to: PAYING,
    ask: () => ({ id: 'none', reason: 'Looked at with the bank.' }),
    refusedBy: 'INVALID_INPUT',
  },
  assignBreak: {
    to: PAYING,
    ask: () => ({ id: 'none', ownerId: 'none' }),
    refusedBy: 'INVALID_INPUT',
  },
  noteBreak: { to: PAYING, ask: () => ({ id: 'none', words: 'A note.' }), refusedBy: 'INVALID_INPUT' },
  takeBreak: {
    to: PAYING,
    ask: () => ({ id: 'none' }),
    refusedBy: 'INVALID_INPUT',
  },
  setSandboxNumber: { to: PAYING, ask: () => ({ group: 'fees', name: 'dispute', value: 0 }) },
  actAtSandbox: {
    to: PAYING,
    ask: () => ({ action: 'none', objectId: 'none' }),
    refusedBy: 'INVALID_INPUT',
  },
  setSandboxFailure: { to: PAYING, ask: () => ({ kind: 'payment', failure: 'fails' }) },
  openBankDetails: { to: EXPERT },
  setUpPayoutAccount: { to: EXPERT },
  signTaxForm: {
    to: EXPERT,
    ask: () => ({ input: { kind: 'W9', signedName: 'somebody else', isUnderPerjury: true } }),
    refusedBy: 'OTHER_NAME',
  },
  signIn: {
    to: ROLES,
    ask: () => ({ input: { email: 'stranger@example.org', password: 'not the password' } }),
    refusedBy: 'SIGN_IN_REFUSED',
  },
  signOut: { to: SIGNED_IN },
  signOutEverywhere: { to: SIGNED_IN },
  signUp: { to: ROLES, ask: () => ({ input: { ...person, email: `${key()}@example.org`, password } }) },
  startTimer: {
    ask: ({ engagement }) => ({ input: { engagementId: engagement, kind: 'WORK', note: '' } }),
    own: EXPERT,
  },
  stopTimer: { to: EXPERT, refusedBy: 'NO_TIMER' },
  submitCredential: { ask: draft, own: EXPERT },
  submitWeek: { ask: ({ draftTimesheet }) => ({ id: draftTimesheet, idempotencyKey: key() }), own: EXPERT },
  writeOffDispute: {
    ask: ({ dispute }) => input({ disputeId: dispute, reason }),
    ...any(PAYING),
    refusedBy: 'DISPUTE_NOT_OWED',
  },
  voidInvoice: {
    ask: ({ invoice }) => input({ invoiceId: invoice }),
    ...ofLab(MONEY),
    refusedBy: 'STATE_CHANGED',
  },
  suspendExpert: {
    ask: ({ expert }) => input({ expertId: expert, rule: 'SAFETY', reason }),
    ...any(VETTING),
    refusedBy: 'SUSPENDED_ALREADY',
  },
  liftSuspension: { ask: ({ suspension }) => input({ suspensionId: suspension, reason }), ...any(VETTING) },
  upholdSuspension: {
    ask: ({ suspension }) => input({ suspensionId: suspension, reason }),
    ...any(VETTING),
    refusedBy: 'STATE_CHANGED',
  },
  appealSuspension: {
    ask: ({ suspension }) => input({ suspensionId: suspension, appeal: reason }),
    own: EXPERT,
  },
  stopCredential: {
    ask: ({ credential }) => input({ credentialId: credential, event: 'SUSPEND', reason }),
    ...any(VERIFYING),
    refusedBy: 'STATE_CHANGED',
  },
  vetLab: { ask: ({ pendingLab }) => input({ labId: pendingLab, decision: 'VET', reason }), ...any(VETTING) },
  withdrawApproval: { to: AUDITING, ask: () => ({ id: 'none' }), refusedBy: 'INVALID_INPUT' },
  withdrawApplication: { ask: ({ application }) => ({ id: application }), own: EXPERT },
  withdrawCredential: { ask: draft, own: EXPERT },
  saveSearch: {
    ask: ({ opening }) => ({ input: { name: 'Heart', howOften: 'NEVER', openingId: opening } }),
    ...ofLab(REVIEWING),
  },
  changeSearch: {
    to: [],
    ask: () => ({ input: { id: '00000000-0000-7000-8000-000000000000', name: 'Heart', howOften: 'NEVER' } }),
  },
  lookAtSearch: { to: [], ask: () => ({ id: '00000000-0000-7000-8000-000000000000' }) },
  forgetSearch: { to: [], ask: () => ({ id: '00000000-0000-7000-8000-000000000000' }) },
  setMailSetting: {
    to: SIGNED_IN,
    ask: () => ({ input: { isDigestOn: true, digestHour: 7, isAlertOn: true } }),
  },
  volunteerGroup: { to: EXPERT, ask: () => ({ input: { sex: 'OTHER', consents: true } }) },
  withdrawInvitation: { to: [], ask: () => ({ id: '00000000-0000-7000-8000-000000000000' }) },
  withdrawVolunteeredGroup: { to: EXPERT },
  withdrawRefund: { to: MONEY, ask: () => ({ id: 'no refund' }), refusedBy: 'INVALID_INPUT' },
  withdrawOffer: { ask: ({ offer }) => ({ id: offer }), ...ofLab(HIRING) },
};

/** Subscriptions by name. They are served at /graphql/stream only; who gets a stream there is in live.int-spec.ts. */
export const SUBSCRIPTIONS: Record<string, Case | readonly Case[]> = { changed: { to: [] } };

const page = (path: string): Case => ({ to: ROLES, ask: () => ({ path }) });
const json = { 'content-type': 'application/json' };

/** Routes by method and pattern. */
export const ROUTES: Record<string, Case | readonly Case[]> = {
  'GET /': page('/'),
  'GET /rate-card': page('/rate-card'),
  'GET /terms': page('/terms'),
  'GET /privacy': page('/privacy'),
  'GET /openings': page('/openings'),
  'GET /transparency': page('/transparency'),
  'GET /sitemap.xml': page('/sitemap.xml'),
  'GET /robots.txt': page('/robots.txt'),
  'GET /openings/:id': [
    { ask: ({ opening }) => ({ path: `/openings/${opening}` }), ...any(ROLES) },
    { about: 'a draft', ask: ({ draftOpening }) => ({ path: `/openings/${draftOpening}` }) },
  ],
  'GET /health/live': page('/health/live'),
  'GET /health/ready': page('/health/ready'),
  'GET /graphql': { ...page('/graphql'), refusedBy: 'METHOD' },
  'POST /graphql': {
    to: ROLES,
    ask: () => ({ path: '/graphql', headers: json, body: '{"query":"{__typename}"}' }),
  },
  'POST /graphql/stream': {
    to: ROLES,
    ask: () => ({ path: '/graphql/stream', headers: json, body: '{"query":"subscription{changed{at}}"}' }),
    refusedBy: 'METHOD',
  },
  'POST /unsubscribe/:token': {
    ask: ({ unsubscribeToken }) => ({ path: `/unsubscribe/${unsubscribeToken}` }),
    ...any(ROLES),
  },
  'POST /webhooks/rail/:route': {
    to: ROLES,
    ask: () => ({ path: '/webhooks/rail/platform', headers: json, body: '{"id":"evt_1"}' }),
    refusedBy: 'BAD_SIGNATURE',
  },
  'GET /_sandbox/onboarding/:token': page('/_sandbox/onboarding/page.css'),
  'POST /_sandbox/onboarding/:token': {
    to: ROLES,
    ask: () => ({ path: `/_sandbox/onboarding/${'0'.repeat(32)}`, headers: json, body: '{}' }),
    refusedBy: '410',
  },
  'GET /statements/lab.csv': {
    ask: ({ engagement }) => ({ path: `/statements/lab.csv?engagementId=${engagement}` }),
    ...ofLab(READING_MONEY),
    quiet: READING_MONEY,
  },
  'GET /statements/expert.csv': {
    ask: ({ engagement }) => ({ path: `/statements/expert.csv?engagementId=${engagement}` }),
    own: EXPERT,
    quiet: EXPERT,
  },
  'GET /exports/:file': [
    'charges.csv',
    'payouts.jsonl',
    'postings.csv',
    'year-totals.csv?year=2026',
    'contract-checks.csv?isDifferent=true',
    'take-rate-periods.jsonl?by=PROJECT',
    'margins.csv',
    'waiting-items.csv?fromDays=0',
    'paid-lines.csv',
    'overrides.jsonl?isHasty=true',
  ].map((file) => ({
    about: file,
    to: AUDITING,
    ask: () => ({ path: `/exports/${file}` }),
  })),
  'GET /statements/lab-money.csv': { to: READING_MONEY, ask: () => ({ path: '/statements/lab-money.csv' }) },
  'GET /statements/lab-money.pdf': { to: READING_MONEY, ask: () => ({ path: '/statements/lab-money.pdf' }) },
  'GET /statements/lab.pdf': {
    ask: ({ engagement }) => ({ path: `/statements/lab.pdf?engagementId=${engagement}` }),
    ...any(READING_MONEY),
  },
  'GET /statements/expert.pdf': {
    ask: ({ engagement }) => ({ path: `/statements/expert.pdf?engagementId=${engagement}` }),
    ...any(EXPERT),
  },
  'GET /statements/earnings/:file': {
    ask: () => ({ path: '/statements/earnings/period.csv?from=2026-01-01&to=2026-12-31' }),
    to: EXPERT,
  },
  'GET /.well-known/jwks.json': page('/.well-known/jwks.json'),
  'GET /statements/lab/engagements/:id/:file': {
    ask: ({ engagement }) => ({ path: `/statements/lab/engagements/${engagement}/half.json` }),
    ...ofLab(READING_MONEY),
  },
  'GET /statements/expert/engagements/:id/:file': {
    ask: ({ engagement }) => ({ path: `/statements/expert/engagements/${engagement}/half.json` }),
    own: EXPERT,
  },
  'GET /bonuses/template.csv': { ask: () => ({ path: '/bonuses/template.csv' }), to: MONEY },
  'GET /invoices/:file': {
    ask: ({ invoice }) => ({ path: `/invoices/${invoice}.pdf` }),
    ...ofLab(READING_MONEY),
  },
  'GET /files/credential-evidence/:evidenceId': {
    ask: ({ evidence }) => ({ path: `/files/credential-evidence/${evidence}` }),
    own: ['expert', ...VERIFYING],
    same: VERIFYING,
    other: VERIFYING,
  },
  'POST /files/credential-evidence/:credentialId': {
    ask: ({ draftCredential }) => ({
      path: `/files/credential-evidence/${draftCredential}`,
      headers: { 'content-type': 'application/pdf', 'x-tallystick': '1', 'x-file-name': 'a.pdf' },
      body: Buffer.from('%PDF-1.7 a degree'),
    }),
    own: EXPERT,
  },
};

/**
 * Addresses at which the web client is served: one shell without data, and its files. They are there once it is built.
 * And whatever is at no address of ours, which is answered with a page that says so.
 */
export const WEB_ROUTES = [
  '/sign-in',
  '/sign-up',
  '/first-admin',
  '/forgotten-password',
  '/reset-password',
  '/home',
  '/welcome',
  '/join',
  '/notifications',
  '/account',
  '/unsubscribe',
  '/lab',
  '/expert',
  '/admin',
  '/compare',
  '/assets',
  '',
].flatMap((path) => [`GET ${path}`, `GET ${path}/*`]);
