import request from 'supertest';
import type { Caller } from './api';
import type { Column, Relation } from './access-matrix';
import { key, newExpert, publishedOpening, layer, vettedLab } from './main-job';
import {
  ADD,
  chargedWeek,
  entryOn,
  moneyWorld,
  NOON,
  putIn,
  running,
  SUBMIT,
  type Expert,
  type Lab,
  type MoneyWorld,
} from './money-world';

/** What there is on one relation's side of the world, by name; each an id unless it says otherwise. */
export interface Rows {
  readonly lab: string;
  readonly pendingLab: string;
  readonly member: string;
  readonly invitation: string;
  /** The secret of the invitation's link. */
  readonly invitationToken: string;
  /** The secret of the address that ends emails of the lab's owner. */
  readonly unsubscribeToken: string;
  readonly expert: string;
  readonly hiddenExpert: string;
  readonly project: string;
  readonly draftProject: string;
  readonly draftOpening: string;
  /** Open, with an application on it. */
  readonly opening: string;
  /** For the project of the opening; replaced by a newer one. */
  readonly seatProposal: string;
  /** Open, and nobody has applied. */
  readonly freshOpening: string;
  /** An open one of the lab that acts, whatever the relation. */
  readonly ownOpening: string;
  readonly application: string;
  /** A lab's to an expert, not answered yet. */
  readonly workInvitation: string;
  readonly offer: string;
  readonly engagement: string;
  /** Submitted, with a line to be looked at and a questioned one. */
  readonly timesheet: string;
  readonly line: string;
  readonly questionedLine: string;
  /** Submitted, not touched by the lab. */
  readonly recallableTimesheet: string;
  readonly draftTimesheet: string;
  readonly draftLine: string;
  readonly ledgerTransaction: string;
  /** Paid. */
  readonly invoice: string;
  readonly dispute: string;
  /** An expert's, to the lab. */
  readonly conflictDeclaration: string;
  /** Code of the lab's account in the ledger. */
  readonly account: string;
  /** Waits for a verifier. */
  readonly credential: string;
  /** The hash of what a verifier saw of it. */
  readonly credentialSeen: string;
  readonly draftCredential: string;
  readonly rejectedCredential: string;
  readonly evidence: string;
  readonly notification: string;
  /** Of the expert, announced. */
  readonly suspension: string;
}

export interface AccessWorld {
  readonly money: MoneyWorld;
  readonly callers: Record<Column, Caller>;
  readonly rows: Record<Relation, Rows>;
}

type Ids = Record<string, string>;

/** Two labs and three experts who work, with rows of every kind and state that an operation takes. */
export async function accessWorld(): Promise<AccessWorld> {
  // Whatever could be found by an index is: a table that is read from end to end all the same has none for that question.
  const money = await moneyWorld({}, { enable_seqscan: 'off' });
  const { api } = money;
  const [lab, otherLab] = [await vettedLab(api, 'Cumulus'), await vettedLab(api, 'Stratus')];
  const experts = {
    own: await newExpert(api, 'Dr Ana'),
    same: await newExpert(api, 'Dr Bea'),
    other: await newExpert(api, 'Dr Cora'),
  };
  const member = (name: string, of: Lab, role: string) => joined(money, name, of.labId, role);
  const [manager, reviewer, labFinance] = [
    await member('manager', lab, 'MANAGER'),
    await member('reviewer', lab, 'REVIEWER'),
    await member('money', lab, 'FINANCE'),
  ];
  const otherMember = await member('other-reviewer', otherLab, 'REVIEWER');
  const callers: Record<Column, Caller> = {
    visitor: api.caller(),
    stranger: await api.signUp('stranger@example.org'),
    owner: lab,
    manager: manager.caller,
    reviewer: reviewer.caller,
    labFinance: labFinance.caller,
    expert: experts.own,
    verifier: await api.staff('verifier@example.org', ['VERIFIER']),
    trust: await api.staff('trust@example.org', ['TRUST']),
    finance: await api.staff('finance@example.org', ['FINANCE']),
    auditor: await api.staff('auditor@example.org', ['AUDITOR']),
    admin: await api.staff('admin@example.org', ['ADMIN']),
    reviewerAndExpert: await alsoExpert((await member('two-hats', lab, 'REVIEWER')).caller),
    verifierAndExpert: await alsoExpert(await api.staff('verifier-too@example.org', ['VERIFIER'])),
  };
  for (const each of [lab, otherLab]) await putIn(money, each, '2000000');
  const ownOpening = await publishedOpening(lab, { title: 'Open to all' });
  const shared = { ownOpening, hiddenExpert: experts.other.expertId };
  const make = async (of: Lab, expert: Expert, memberId: string): Promise<Rows> =>
    ({
      ...shared,
      member: memberId,
      ...(await labRows(money, of, expert)),
      ...(await workRows(money, of, expert)),
      ...(await expertRows(money, expert, callers.verifier)),
    }) as unknown as Rows;
  const rows = {
    own: await make(lab, experts.own, labFinance.memberId),
    same: await make(lab, experts.same, reviewer.memberId),
    other: await make(otherLab, experts.other, otherMember.memberId),
  };
  await api.runJobs();
  await api.owner().query('UPDATE expert SET is_visible_to_labs = false WHERE id = $1', [rows.other.expert]);
  return { money, callers, rows };
}

async function alsoExpert(caller: Caller): Promise<Caller> {
  const input = { displayName: 'Dr Dora', country: 'US', idempotencyKey: key() };
  await caller.ask('mutation($input: CreateExpertInput!) { createExpert(input: $input) { id } }', { input });
  return caller;
}

async function joined(money: MoneyWorld, name: string, labId: string, role: string) {
  const email = `${name}@example.org`;
  const caller = await money.api.signUp(email);
  const { rows } = await money.api.owner().query(
    `INSERT INTO lab_member (id, lab_id, account_id, role, created_at)
     SELECT gen_random_uuid(), $1, id, $2, now() FROM account WHERE email = $3 RETURNING id`,
    [labId, role, email],
  );
  return { caller, memberId: rows[0].id as string };
}

/** What a lab has beside work: an invitation, a draft, openings with an application and an offer; and a lab that waits. */
async function labRows(money: MoneyWorld, lab: Lab, expert: Expert): Promise<Ids> {
  const { api } = money;
  const one = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows[0];
  const email = `invited-${key()}@example.org`;
  await lab.ask('mutation($input: InviteMemberInput!) { inviteLabMember(input: $input) }', {
    input: { email, role: 'REVIEWER', idempotencyKey: key() },
  });
  await api.runJobs();
  const { id: invitation } = await one('SELECT id FROM lab_invitation WHERE email = $1', email);
  const { body } = await one('SELECT body FROM mail WHERE to_address = $1', email);
  const { saveProject } = await lab.ask(
    'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id openings { id } } }',
    { input: draftInput() },
  );
  const opening = await publishedOpening(lab, { title: 'With an application', seats: 3 });
  const application = await applied(expert, opening);
  const offered = await applied(expert, await publishedOpening(lab, { title: 'With an offer' }));
  const { sendOffer } = await lab.ask(
    'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }',
    {
      input: {
        applicationId: offered,
        rateMinorPerHour: '12345',
        weeklyCapHours: 5,
        noticeDays: 7,
        startsOn: '2026-11-23',
        idempotencyKey: key(),
      },
    },
  );
  const { project_id: project } = await one('SELECT project_id FROM opening WHERE id = $1', opening);
  const [seatProposal] = [await seatsProposed(lab, project), await seatsProposed(lab, project)];
  const invitedTo = await publishedOpening(lab, { title: 'With an invitation' });
  await lab.ask('mutation($input: InviteExpertInput!) { inviteExpert(input: $input) }', {
    input: { openingId: invitedTo, expertId: expert.expertId, message: '', idempotencyKey: key() },
  });
  const { id: workInvitation } = await one('SELECT id FROM invitation WHERE opening_id = $1', invitedTo);
  const { id: invoice } = await one(
    `INSERT INTO invoice (id, lab_id, number, currency, amount_minor, state, issued_at, due_on, paid_at, ledger_transaction_id, requested_by_id)
     SELECT gen_random_uuid(), lab_id, gen_random_uuid()::text, 'USD', 100, 'PAID', now(), now(), now(), gen_random_uuid(), account_id
     FROM lab_member WHERE lab_id = $1 AND role = 'OWNER' RETURNING id`,
    lab.labId,
  );
  const { id: dispute } = await one(
    `WITH paid AS (
       INSERT INTO funding (id, lab_id, currency, amount_minor, state, requested_by_id, requested_at)
       SELECT gen_random_uuid(), lab_id, 'USD', 100, 'CLEARED', account_id, now() FROM lab_member WHERE lab_id = $1 AND role = 'OWNER'
       RETURNING id, lab_id)
     INSERT INTO lab_dispute (id, lab_id, funding_id, rail_dispute_id, currency, amount_minor, state, reason, opened_at, closed_at)
     SELECT gen_random_uuid(), lab_id, id, gen_random_uuid()::text, 'USD', 100, 'WON', 'general', now(), now() FROM paid RETURNING id`,
    lab.labId,
  );
  const { id: conflictDeclaration } = await one(
    `INSERT INTO conflict_declaration (id, expert_id, lab_id, opening_id, organisation, competitor, belongs_to, words, answer, declared_by_id, declared_at)
     SELECT gen_random_uuid(), e.id, $1, $3, 'Nimbus', 'Nimbus Labs', '{}', 'Its founders own it.', 'NO', e.account_id, now()
     FROM expert e WHERE e.id = $2 RETURNING id`,
    ...[lab.labId, expert.expertId, opening],
  );
  const { unsubscribe_token: unsubscribeToken } = await one(
    `INSERT INTO mail_setting (account_id) SELECT account_id FROM lab_member WHERE lab_id = $1 AND role = 'OWNER'
     ON CONFLICT (account_id) DO UPDATE SET is_alert_on = true RETURNING unsubscribe_token`,
    lab.labId,
  );
  const waiting = await api.signUp(`waiting-${key()}@example.org`);
  const { createLab } = await waiting.ask(
    'mutation($input: CreateLabInput!) { createLab(input: $input) { id } }',
    {
      input: {
        name: 'Nimbostratus',
        legalName: 'Nimbostratus Inc.',
        country: 'US',
        owners: [{ name: 'Ana Pop', shareBasisPoints: 10_000 }],
        competitors: [],
        idempotencyKey: key(),
      },
    },
  );
  return {
    lab: lab.labId,
    invoice,
    dispute,
    conflictDeclaration,
    pendingLab: createLab.id,
    account: `lab_prepaid:${lab.labId}:USD`,
    invitation,
    unsubscribeToken,
    invitationToken: /\/join#([\w-]+)/.exec(body as string)?.[1] ?? '',
    draftProject: saveProject.id,
    draftOpening: saveProject.openings[0].id,
    opening,
    project,
    seatProposal,
    freshOpening: await publishedOpening(lab, { title: 'Without an application' }),
    application,
    workInvitation,
    offer: sendOffer.id,
  };
}

async function applied(expert: Expert, openingId: string): Promise<string> {
  const { apply } = await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
    input: { openingId, note: 'Hello', idempotencyKey: key() },
  });
  return apply as string;
}

async function seatsProposed(lab: Lab, projectId: string): Promise<string> {
  const { proposeSeats } = await lab.ask(
    'mutation($input: ProposeSeatsInput!) { proposeSeats(input: $input) { id } }',
    {
      input: {
        projectId,
        perExpert: 1,
        largestSharePercent: 100,
        newcomers: 0,
        jurisdictions: [],
        said: [],
        idempotencyKey: key(),
      },
    },
  );
  return proposeSeats.id as string;
}

const draftInput = () => ({
  title: 'Not published',
  summary: 'Nobody but the lab knows of it.',
  taskFamily: 'REASONING',
  scarcity: 'LOW',
  sensitivity: 'LOW',
  control: 'LOW',
  unpaidParts: '',
  monitoring: '',
  contentWarning: '',
  openings: [layer()],
  idempotencyKey: key(),
});

/** An engagement with a charged week, one in review, one just submitted, and a draft; all in the running week. */
async function workRows(money: MoneyWorld, lab: Lab, expert: Expert): Promise<Ids> {
  const engagement = await running(money, lab, expert, 'Work');
  await chargedWeek(lab, expert, engagement, [['08:00', '08:30']]);
  const handIn = async (...spans: [string, string][]) => {
    const id = await draft(...spans);
    await expert.ask(SUBMIT, { id, k: key() });
    return id;
  };
  const draft = async (...spans: [string, string][]) => {
    for (const [from, to] of spans) await expert.ask(ADD, entryOn(engagement, from, to));
    const { myTimesheets } = await expert.ask(
      'query($id: ID!) { myTimesheets(engagementId: $id, states: ["OPEN"]) { edges { node { id } } } }',
      { id: engagement },
    );
    return myTimesheets.edges[0].node.id as string;
  };
  const linesOf = async (id: string) =>
    (await expert.ask('query($id: ID!) { timesheet(id: $id) { lines { id } } }', { id })).timesheet.lines as {
      id: string;
    }[];
  const timesheet = await handIn(['09:00', '09:30'], ['09:30', '10:00']);
  const [line, questionedLine] = (await linesOf(timesheet)).map(({ id }) => id);
  await lab.ask('mutation($input: QuestionLineInput!) { questionLine(input: $input) }', {
    input: { entryId: questionedLine, question: 'What was this about?', idempotencyKey: key() },
  });
  const recallableTimesheet = await handIn(['11:00', '11:30']);
  const draftTimesheet = await draft(['12:00', '12:30']);
  const { rows } = await money.api
    .owner()
    .query('SELECT ledger_transaction_id AS id FROM charge WHERE engagement_id = $1', [engagement]);
  return {
    engagement,
    timesheet,
    line: line ?? '',
    questionedLine: questionedLine ?? '',
    recallableTimesheet,
    draftTimesheet,
    draftLine: (await linesOf(draftTimesheet))[0]?.id ?? '',
    ledgerTransaction: rows[0].id,
  };
}

/** An expert's credentials: a draft with evidence, one that waits, one that was rejected; and a notification. */
async function expertRows(money: MoneyWorld, expert: Expert, verifier: Caller): Promise<Ids> {
  const { api } = money;
  const claim = Object.entries({ degree: 'PhD', subject: 'Physics', institution: 'Cluj', year: '2019' }).map(
    ([name, value]) => ({ name, value }),
  );
  const add = async () => {
    const { addCredential } = await expert.ask(
      'mutation($input: AddCredentialInput!) { addCredential(input: $input) { id } }',
      { input: { type: 'DEGREE', claim, idempotencyKey: key() } },
    );
    return addCredential.id as string;
  };
  const submitted = async () => {
    const id = await add();
    await expert.ask('mutation($id: ID!) { submitCredential(id: $id) { id } }', { id });
    return id;
  };
  const seenOf = async (id: string) =>
    (await verifier.ask('query($id: ID!) { credentialCase(id: $id) { seenHash } }', { id })).credentialCase
      .seenHash as string;
  const [draftCredential, credential, rejectedCredential] = [
    await add(),
    await submitted(),
    await submitted(),
  ];
  await verifier.ask('mutation($input: DecideCredentialInput!) { decideCredential(input: $input) { id } }', {
    input: {
      credentialId: rejectedCredential,
      outcome: 'REJECT',
      reason: 'Not found in the register.',
      seenHash: await seenOf(rejectedCredential),
      idempotencyKey: key(),
    },
  });
  const upload = await request(api.app.getHttpServer())
    .post(`/files/credential-evidence/${draftCredential}`)
    .set({
      authorization: `Bearer ${expert.token}`,
      'content-type': 'application/pdf',
      'x-tallystick': '1',
      'x-file-name': 'degree.pdf',
    })
    .send(Buffer.from('%PDF-1.7 a degree'));
  const { notifications } = await expert.ask('{ notifications(first: 1) { edges { node { id } } } }');
  const suspension = await api.owner().query(
    `INSERT INTO expert_suspension (id, expert_id, rule, reason, state, decided_by_id, decided_at, takes_effect_at)
     SELECT gen_random_uuid(), $1, 'CONDUCT', 'What was done.', 'ANNOUNCED', account_id, $2, $3 FROM staff_role
     WHERE role = 'AUDITOR' LIMIT 1 RETURNING id`,
    [expert.expertId, NOON, new Date(NOON.getTime() + 14 * 86_400_000)],
  );
  return {
    expert: expert.expertId,
    suspension: suspension.rows[0].id,
    credential,
    credentialSeen: await seenOf(credential),
    draftCredential,
    rejectedCredential,
    evidence: upload.body.id,
    notification: notifications.edges[0].node.id,
  };
}
