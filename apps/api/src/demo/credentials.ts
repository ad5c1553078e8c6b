import type { Person } from '../platform/access/actor';
import { CredentialQueries } from '../features/credential/credential.queries';
import { AddEvidence } from '../features/credential/use-cases/add-evidence';
import { ClaimCredential } from '../features/credential/use-cases/claim-credential';
import { DecideCredential } from '../features/credential/use-cases/decide-credential';
import { StopCredential } from '../features/credential/use-cases/stop-credential';
import { CREDENTIAL_TYPES, type CredentialType } from '@tallystick/domain';
import type { Cast, DemoExpert } from './cast';
import type { PlannedClaim } from './claims';
import { dayOf } from './projects';
import type { Stage } from './stage';

type Claim = DemoExpert['claims'][number];
const DAY_MS = 86_400_000;
const APPROVALS = [
  'The number is in the public register under this name, with the same dates.',
  'The issuer confirms the document, its date and the name on it.',
  'The register shows it as active and without conditions.',
];
const REJECTIONS = [
  'The register has this number under another name. Send a document that shows the change of name.',
  'The document cannot be read: the date and the seal are cut off. Scan the whole page.',
];

/** Claims are made and decided: by their expert, by verifiers, by days that pass. */
export class Credentials {
  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
  ) {}

  /** An expert makes a claim and submits it, unless it stays a draft. */
  async claim(expert: DemoExpert, plan: PlannedClaim): Promise<void> {
    const { stage } = this;
    const type: CredentialType = CREDENTIAL_TYPES[plan.type];
    const lastDay = type.fields.some(({ name }) => name === 'expiresOn') ? this.lastDay(plan) : undefined;
    const values = { ...plan.values, ...(lastDay && { expiresOn: dayOf(lastDay) }) };
    const id = await stage.use(ClaimCredential).add(expert.person, {
      type: plan.type,
      claim: Object.entries(values).map(([name, value]) => ({ name, value })),
      idempotencyKey: stage.key(),
    });
    const claim: Claim = { plan, id, step: 'NEW' };
    expert.claims.push(claim);
    if (plan.fate === 'DRAFT') return void (claim.step = 'DONE');
    if (plan.fate === 'SUBMITTED' || plan.fate === 'IN_REVIEW') await this.addEvidence(expert, claim);
    await stage.use(ClaimCredential).change(expert.person, id, 'SUBMIT');
    claim.step = plan.fate === 'SUBMITTED' ? 'DONE' : 'WAITING';
    if (plan.fate === 'WITHDRAWN') {
      await stage.use(ClaimCredential).change(expert.person, id, 'WITHDRAW');
      claim.step = 'DONE';
    }
  }

  /** What the first verifiers do with everything that waits. */
  firstLook(): (() => Promise<void>)[] {
    return this.those('WAITING', (expert, claim) => this.first(expert, claim));
  }

  /** The second verifier of regulated work; appeals go to whoever did not decide before. */
  secondLook(): (() => Promise<void>)[] {
    return [
      ...this.those('APPROVED_ONCE', async (_, claim) => {
        await this.decide(this.cast.staff.verifiers[1], claim.id, 'APPROVE');
        claim.step = 'DONE';
      }),
      ...this.those('APPEALED', async (_, claim) => {
        await this.decide(this.cast.staff.verifiers[1], claim.id, 'APPROVE');
        if (this.isRegulated(claim)) await this.decide(this.cast.staff.verifiers[2], claim.id, 'APPROVE');
        claim.step = 'DONE';
      }),
    ];
  }

  /** Verified credentials that did not hold. */
  stops(fate: 'SUSPENDED' | 'REVOKED'): (() => Promise<void>)[] {
    return this.cast.experts.flatMap(({ claims }) =>
      claims
        .filter(({ plan, step }) => plan.fate === fate && step === 'DONE')
        .map(
          ({ id }) =>
            () =>
              this.stage.use(StopCredential).run(this.cast.staff.verifiers[0], {
                credentialId: id,
                event: fate === 'SUSPENDED' ? 'SUSPEND' : 'REVOKE',
                reasonCode: fate === 'SUSPENDED' ? 'SUSPENDED_AT_SOURCE' : 'REVOKED_AT_SOURCE',
                reason:
                  fate === 'SUSPENDED'
                    ? 'The register shows it as suspended since last week.'
                    : 'The issuer withdrew it and confirms this in writing.',
                idempotencyKey: this.stage.key(),
              }),
        ),
    );
  }

  private those(
    step: Claim['step'],
    act: (expert: DemoExpert, claim: Claim) => Promise<void>,
  ): (() => Promise<void>)[] {
    return this.cast.experts.flatMap((expert) =>
      expert.claims.filter((claim) => claim.step === step).map((claim) => () => act(expert, claim)),
    );
  }

  private async first(expert: DemoExpert, claim: Claim): Promise<void> {
    const { verifiers } = this.cast.staff;
    const { fate } = claim.plan;
    if (fate === 'REJECTED' || fate === 'APPEALED') {
      await this.decide(verifiers[0], claim.id, 'REJECT');
      claim.step = 'DONE';
      if (fate === 'REJECTED') return;
      await this.addEvidence(expert, claim);
      await this.stage.use(ClaimCredential).change(expert.person, claim.id, 'APPEAL');
      claim.step = 'APPEALED';
      return;
    }
    await this.decide(verifiers[0], claim.id, 'APPROVE');
    claim.step = this.isRegulated(claim) && fate !== 'IN_REVIEW' ? 'APPROVED_ONCE' : 'DONE';
  }

  private isRegulated(claim: Claim): boolean {
    return CREDENTIAL_TYPES[claim.plan.type].isRegulated;
  }

  private async decide(verifier: Person, credentialId: string, outcome: 'APPROVE' | 'REJECT'): Promise<void> {
    const { seenHash } = await this.stage.use(CredentialQueries).one(verifier, credentialId);
    const reason = this.stage.chance.pick(outcome === 'APPROVE' ? APPROVALS : REJECTIONS);
    await this.stage
      .use(DecideCredential)
      .run(verifier, { credentialId, outcome, reason, seenHash, idempotencyKey: this.stage.key() });
  }

  private lastDay({ fate }: PlannedClaim): Date {
    const { end, chance } = this.stage;
    if (fate === 'EXPIRING') return new Date(end.getTime() + chance.between(15, 50) * DAY_MS);
    if (fate === 'EXPIRED')
      return new Date(
        Math.max(this.stage.now().getTime() + 5 * DAY_MS, end.getTime() - chance.between(5, 40) * DAY_MS),
      );
    return new Date(end.getTime() + chance.between(400, 1200) * DAY_MS);
  }

  private async addEvidence(expert: DemoExpert, claim: Claim): Promise<void> {
    const lines = Object.entries(claim.plan.values).map(([name, value]) => `${name}: ${value}`);
    await this.stage.use(AddEvidence).run(expert.person, claim.id, {
      name: 'evidence.pdf',
      mediaType: 'application/pdf',
      bytes: pageOf([
        CREDENTIAL_TYPES[claim.plan.type].label,
        expert.plan.name,
        ...lines,
        'Specimen of the demo world',
      ]),
    });
  }
}

/** A PDF of one page with some lines of text. */
function pageOf(lines: readonly string[]): Buffer {
  const shown = lines
    .map((line) => `(${line.normalize('NFD').replace(/[^\x20-\x7e]|[()\\]/g, '')}) Tj T*`)
    .join('\n');
  const text = `BT /F1 14 Tf 18 TL 72 760 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const starts = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = starts.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const from = body.length;
  body += `xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${from}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}
