import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A skill that an opening asks for.' })
export class OpeningSkill {
  @Field(() => String, {
    nullable: true,
    description: 'Concept of the taxonomy, where it was chosen from it.',
  })
  conceptId: string | null;

  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => Boolean, { description: 'Whether it is required or only good to have.' })
  isRequired: boolean;
}

@ObjectType({ description: 'A credential that an opening requires.' })
export class OpeningCredential {
  @Field(() => String, { description: 'Code of the kind.' })
  type: string;

  @Field(() => String, { nullable: true, description: 'Where it must hold, e.g. US-CA.' })
  jurisdiction: string | null;

  @Field(() => [String], {
    description: 'Issuers of which any is accepted, at most 10; every issuer where none is named.',
  })
  issuers: string[];
}

@ObjectType({
  description: 'A window of every working day, Monday to Friday, in which both sides are at work.',
})
export class Overlap {
  @Field(() => Int, { description: 'Hours a week.' })
  hours: number;

  @Field(() => String, { description: 'IANA zone of the window.' })
  timeZone: string;

  @Field(() => Int, { description: 'Begin, minutes from midnight.' })
  fromMinute: number;

  @Field(() => Int, {
    description: 'End, minutes from midnight; before the begin where it goes past midnight.',
  })
  toMinute: number;
}

@ObjectType({ description: 'A language that an opening requires.' })
export class OpeningLanguage {
  @Field(() => String, { description: 'The language.' })
  language: string;

  @Field(() => String, { description: 'A1 to C2.' })
  level: string;
}

@ObjectType({
  description: 'One layer of a project: rung, requirements, seats, hours, rate band and its price.',
})
export class Opening {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Its project.' })
  projectId: string;

  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What is done.' })
  description: string;

  @Field(() => String, { description: 'Rung of the pay ladder.' })
  rung: string;

  @Field(() => Money, { description: 'Lowest pay an hour.' })
  rateMin: Money;

  @Field(() => Money, { description: 'Highest pay an hour.' })
  rateMax: Money;

  @Field(() => Int, { description: 'People wanted.' })
  seats: number;

  @Field(() => Int, { description: 'People found.' })
  seatsFilled: number;

  @Field(() => Int, { description: 'Hours a week.' })
  hoursPerWeek: number;

  @Field(() => Int, { description: 'Weeks.' })
  weeks: number;

  @Field(() => Date, { description: 'First day.' })
  startsOn: Date;

  @Field(() => [String], { description: 'Where the work may be done; empty means anywhere.' })
  countries: string[];

  @Field(() => Boolean, { description: "Whether the work stays in the lab's own country." })
  isOnshore: boolean;

  @Field(() => Boolean, { description: 'Whether the expert must have the right to work where they are.' })
  needsAuthorisation: boolean;

  @Field(() => Boolean, { description: 'Whether who does this work does none for another lab meanwhile.' })
  isExclusive: boolean;

  @Field(() => Overlap, {
    nullable: true,
    description: 'Hours that must overlap; null where it does not matter.',
  })
  overlap: Overlap | null;

  @Field(() => [String], {
    description:
      'Works that are evaluated, by title or DOI, at most 50. Told to the lab alone; empty for others.',
  })
  evaluatedWorks: string[];

  @Field(() => String, { description: 'DRAFT, OPEN, FILLED or CLOSED.' })
  state: string;

  @Field(() => Date, { nullable: true, description: 'When it was published (UTC).' })
  publishedAt: Date | null;

  @Field(() => [OpeningSkill], { description: 'Skills.' })
  skills: OpeningSkill[];

  @Field(() => [OpeningCredential], { description: 'Credentials.' })
  credentials: OpeningCredential[];

  @Field(() => [OpeningLanguage], { description: 'Languages.' })
  languages: OpeningLanguage[];

  @Field(() => Tally, { description: 'One hour at the lower end: price, pay and fee.' })
  hourAtMin: Tally;

  @Field(() => Tally, { description: 'One hour at the upper end.' })
  hourAtMax: Tally;

  @Field(() => Tally, { description: 'Every seat, hour and week at the upper end.' })
  wholeAtMax: Tally;

  @Field(() => String, { description: 'Where the take rate comes from.' })
  takeRateExplanation: string;

  @Field(() => String, { description: 'How the band compares with the rate card.' })
  rateAdvice: string;
}

@ObjectType({ description: 'What a lab wants done.' })
export class Project {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What it is about.' })
  summary: string;

  @Field(() => String, { description: 'Kind of work.' })
  taskFamily: string;

  @Field(() => String, { description: 'How rare the people are: LOW, MEDIUM, HIGH.' })
  scarcity: string;

  @Field(() => String, { description: 'How sensitive the data is.' })
  sensitivity: string;

  @Field(() => String, { description: 'How closely the lab steers.' })
  control: string;

  @Field(() => String, { description: 'The channel that the axes point to.' })
  channel: string;

  @Field(() => String, { description: 'What is not paid; empty means that all time is paid.' })
  unpaidParts: string;

  @Field(() => String, { description: 'What is monitored; empty means nothing.' })
  monitoring: string;

  @Field(() => String, { description: 'What may be hard to look at; empty means nothing.' })
  contentWarning: string;

  @Field(() => String, { description: 'DRAFT, OPEN or CLOSED.' })
  state: string;

  @Field(() => Date, { description: 'When it was written (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was published (UTC).' })
  publishedAt: Date | null;
}

@ObjectType({ description: "How far a project's search for people is." })
export class ProjectStanding {
  @Field(() => Int, { description: 'Openings, of every state.' })
  openings: number;

  @Field(() => Int, { description: 'People wanted, over all openings.' })
  seats: number;

  @Field(() => Int, { description: 'People found.' })
  seatsFilled: number;

  @Field(() => Int, { description: 'Applications that wait for an answer of the lab.' })
  applicationsWaiting: number;
}

@ObjectType({ description: 'All layers of a project in one currency, at the upper end of their bands.' })
export class ProjectTotal {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Tally, {
    description: 'One week with every seat at every hour: what is held before it begins.',
  })
  week: Tally;

  @Field(() => Tally, { description: 'Every seat, hour and week.' })
  whole: Tally;
}

@ObjectType({
  description: 'A required skill that is not in the list of skills, or that no expert whom labs see lists.',
})
export class UnmatchedSkill {
  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => Boolean, { description: 'Whether it is in the list of skills, by its name or another.' })
  isListed: boolean;

  @Field(() => Boolean, { description: 'Whether an expert lists it by this name.' })
  isHeld: boolean;
}

@ObjectType({ description: 'A project with its layers.' })
export class ProjectDetail extends Project {
  @Field(() => [Opening], { description: 'Its layers.' })
  openings: Opening[];

  @Field(() => [ProjectTotal], { description: 'What all layers cost together, one a currency.' })
  totals: ProjectTotal[];
}

@ObjectType({ description: 'An opening as anybody may see it.' })
export class PublicOpening extends Opening {
  @Field(() => String, { description: 'Title of its project.' })
  projectTitle: string;

  @Field(() => String, { description: 'What the project is about.' })
  projectSummary: string;

  @Field(() => String, { description: 'Kind of work.' })
  taskFamily: string;

  @Field(() => String, { description: 'The lab.' })
  labName: string;

  @Field(() => String, { description: 'What is not paid; empty means that all time is paid.' })
  unpaidParts: string;

  @Field(() => String, { description: 'What is monitored; empty means nothing.' })
  monitoring: string;

  @Field(() => String, { description: 'What may be hard to look at.' })
  contentWarning: string;
}

@ObjectType({ description: 'The channel that three axes point to.' })
export class ChannelAdvice {
  @Field(() => String, { description: 'Code of the channel.' })
  channel: string;

  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => [String], { description: 'Why.' })
  reasons: string[];
}

export const ProjectConnection = connectionOf(Project);
export const PublicOpeningConnection = connectionOf(PublicOpening);
