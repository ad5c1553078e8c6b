import { randomBytes } from 'node:crypto';
import { system, type Person, type StaffRole } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { SignUp } from '../features/account/use-cases/sign-up';
import { CreateExpert } from '../features/expert/use-cases/create-expert';
import { EditProfile } from '../features/expert/use-cases/edit-profile';
import { VolunteerGroup } from '../features/expert/use-cases/volunteer-group';
import { CreateLab } from '../features/lab/use-cases/create-lab';
import { InviteMember } from '../features/lab/use-cases/invite-member';
import { JoinLab } from '../features/lab/use-cases/join-lab';
import { VetLab } from '../features/lab/use-cases/vet-lab';
import { listMails } from '../features/notification/notification.repository';
import type { DemoExpert, DemoLab, Printed, Staff } from './cast';
import type { Content, LabContent } from './content';
import { ascii, type PlannedExpert } from './people';
import { inTurn } from './random';
import { personOf, type Stage } from './stage';

/** People arrive: staff, labs with their members, experts with their profiles. */
export class Arrivals {
  /** Whose sign-in is printed; their passwords are drawn where the world is loaded. */
  readonly printed: Printed[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly content: Content,
  ) {}

  /** The first staff: an admin, three verifiers, trust, finance and an auditor. */
  async staff(): Promise<Staff> {
    const admin = await this.printedStaff('admin', 'Rowan Castellane', [
      'ADMIN',
      'VERIFIER',
      'TRUST',
      'FINANCE',
      'AUDITOR',
    ]);
    const second = await this.printedStaff('verifier', 'Ines Halvorsen', ['VERIFIER']);
    const finance = await this.printedStaff('finance', 'Dario Lindgren', ['FINANCE']);
    const verifiers = [
      await this.staffMember('Mira Okonedo', ['VERIFIER']),
      await this.staffMember('Paul Tennant', ['VERIFIER']),
      second,
    ] as const;
    const trust = await this.staffMember('Greta Moorcroft', ['TRUST']);
    await this.staffMember('Samuel Achebe', ['AUDITOR']);
    return { admin, verifiers, trust, finance };
  }

  /** A lab with its owner, and for a vetted one a reviewer who took the invitation. */
  async lab(content: LabContent, number: number): Promise<DemoLab> {
    const { stage } = this;
    const name = this.nameOf(number);
    const owner = await this.person(
      name,
      `${ascii(name)}@${ascii(content.name).replaceAll('.', '')}.example.org`,
      number === 0 ? 'lab owner' : undefined,
    );
    const labId = await stage.use(CreateLab).run(owner, {
      name: content.name,
      legalName: content.legalName,
      website: `https://${ascii(content.name).replaceAll('.', '')}.example.org`,
      country: content.country,
      owners: [
        { name, shareBasisPoints: 6000 },
        { name: `${content.name} Staff Trust`, shareBasisPoints: 4000 },
      ],
      competitors: number % 3 === 0 ? [...this.content.competitors] : [],
      idempotencyKey: stage.key(),
    });
    const acting: Person = { ...owner, labId, labRole: 'OWNER' };
    return { content, owner: acting, labId, reviewer: acting, isVetted: false };
  }

  /** Somebody of the lab reviews weeks beside its owner. */
  async reviewer(lab: DemoLab, number: number): Promise<void> {
    const { stage } = this;
    const name = this.nameOf(number + 20);
    const email = `${ascii(name)}@${ascii(lab.content.name).replaceAll('.', '')}.example.org`;
    const person = await this.person(name, email, number === 0 ? 'lab reviewer' : undefined);
    await stage.use(InviteMember).run(lab.owner, { email, role: 'REVIEWER', idempotencyKey: stage.key() });
    await stage.use(JoinLab).run(person, await this.invitationOf(email));
    lab.reviewer = { ...person, labId: lab.labId, labRole: 'REVIEWER' };
  }

  /** Trust vets a lab, or refuses it with a reason. */
  async decide(trust: Person, lab: DemoLab): Promise<void> {
    const isVetted = lab.content.fate === 'VETTED';
    await this.stage.use(VetLab).run(trust, {
      labId: lab.labId,
      decision: isVetted ? 'VET' : 'REFUSE',
      reason: isVetted
        ? 'The register of companies names the same owners, and the website is theirs.'
        : 'The register of companies names other owners than the ones given here.',
      idempotencyKey: this.stage.key(),
    });
    lab.isVetted = isVetted;
  }

  /** An expert signs up and writes their profile; most say their groups where they are asked, for the audit. */
  async expert(plan: PlannedExpert, concepts: ReadonlyMap<string, string>): Promise<DemoExpert> {
    const { stage } = this;
    const { name, email, profile } = plan;
    const person = await this.person(name, email, plan.number === 0 ? 'expert' : undefined, profile.timeZone);
    const { displayName, country } = profile;
    const expertId = await stage
      .use(CreateExpert)
      .run(person, { displayName, country, idempotencyKey: stage.key() });
    const acting: Person = { ...person, expertId };
    const skills = profile.skills.map(({ label }) => ({ label, conceptId: concepts.get(label) }));
    await stage.use(EditProfile).run(acting, { ...profile, skills, idempotencyKey: stage.key() });
    if (plan.volunteers) await stage.use(VolunteerGroup).run(acting, { ...plan.volunteers, consents: true });
    return { plan, person: acting, expertId, claims: [], isTaken: false };
  }

  private nameOf(number: number): string {
    const { places } = this.content;
    const place = inTurn(places, number * 5 + 1);
    return `${place.given[(number * 3) % place.given.length]} ${place.family[(number * 7 + 2) % place.family.length]}`;
  }

  private async person(name: string, email: string, who?: string, timeZone = 'UTC'): Promise<Person> {
    if (who !== undefined) this.printed.push({ who, email });
    const accountId = await this.stage.use(SignUp).create({ name, email, timeZone });
    return personOf({ accountId, name, email, timeZone });
  }

  private async printedStaff(who: string, name: string, staffRoles: StaffRole[]): Promise<Person> {
    const person = await this.staffMember(name, staffRoles);
    this.printed.push({ who, email: person.email });
    return person;
  }

  /** Staff of the first day: there by the start itself, as the first admin is. */
  private async staffMember(name: string, staffRoles: StaffRole[]): Promise<Person> {
    const email = `${ascii(name)}@example.org`;
    const input = { name, email, timeZone: 'UTC', password: randomBytes(12).toString('base64url') };
    const accountId = await this.stage
      .use(UnitOfWork)
      .run(system('demo-world'), { name: 'create-first-admin' }, (tx) =>
        this.stage.use(SignUp).storeStaff(tx, input, staffRoles),
      );
    return personOf({ accountId, name, email, staffRoles });
  }

  /** The secret of an invitation, out of the mail that carries it. */
  private async invitationOf(email: string): Promise<string> {
    const mails = await this.stage
      .use(UnitOfWork)
      .readAs(system('demo-world'), ({ db }) => listMails(db, 200));
    const body = mails.find(({ toAddress }) => toAddress === email)?.body ?? '';
    const token = /join#(\S+)/.exec(body)?.[1];
    if (token === undefined) throw new Error('the invitation has no link');
    return token;
  }
}
