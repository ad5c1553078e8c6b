import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'A skill.' })
export class OpeningSkillInput {
  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => String, { nullable: true, description: 'Concept of the taxonomy.' })
  conceptId?: string;

  @Field(() => Boolean, { description: 'Required or good to have.' })
  isRequired: boolean;
}

@InputType({ description: 'A credential.' })
export class OpeningCredentialInput {
  @Field(() => String, { description: 'Code of the kind.' })
  type: string;

  @Field(() => String, { nullable: true, description: 'Where it must hold, e.g. US-CA.' })
  jurisdiction?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Issuers of which any is accepted, at most 10; every issuer where none is named.',
  })
  issuers?: string[];
}

@InputType({ description: 'A language.' })
export class OpeningLanguageInput {
  @Field(() => String, {
    description: 'By its name or its ISO 639 code; kept by its English name.',
  })
  language: string;

  @Field(() => String, { description: 'A1 to C2.' })
  level: string;
}

@InputType({
  description: 'A window of every working day, Monday to Friday, in which both sides are at work.',
})
export class OverlapInput {
  @Field(() => Int, { description: 'Hours a week, 1 to 60.' })
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

@InputType({ description: 'One layer as it shall be.' })
export class OpeningInput {
  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What is done.' })
  description: string;

  @Field(() => String, { description: 'Rung.' })
  rung: string;

  @Field(() => String, { description: 'One currency for the layer.' })
  currency: string;

  @Field(() => String, { description: 'Lowest pay an hour, minor units.' })
  rateMinMinor: string;

  @Field(() => String, { description: 'Highest pay an hour, minor units.' })
  rateMaxMinor: string;

  @Field(() => Int, { description: '1 to 1000.' })
  seats: number;

  @Field(() => Int, { description: '1 to 60.' })
  hoursPerWeek: number;

  @Field(() => Int, { description: '1 to 104.' })
  weeks: number;

  @Field(() => String, { description: 'Year-month-day.' })
  startsOn: string;

  @Field(() => [String], { description: 'Two letters each; empty means anywhere.' })
  countries: string[];

  @Field(() => Boolean, { nullable: true, description: "Whether the work stays in the lab's own country." })
  isOnshore?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the expert must have the right to work where they are.',
  })
  needsAuthorisation?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether who does this work does none for another lab meanwhile.',
  })
  isExclusive?: boolean;

  @Field(() => OverlapInput, {
    nullable: true,
    description: 'Hours that must overlap; none where it does not matter.',
  })
  overlap?: OverlapInput;

  @Field(() => [String], {
    nullable: true,
    description: 'Works that are evaluated, by title or DOI, at most 50: who wrote one does not judge it.',
  })
  evaluatedWorks?: string[];

  @Field(() => [OpeningSkillInput], { description: 'At most 40.' })
  skills: OpeningSkillInput[];

  @Field(() => [OpeningCredentialInput], { description: 'At most 10.' })
  credentials: OpeningCredentialInput[];

  @Field(() => [OpeningLanguageInput], { description: 'At most 10.' })
  languages: OpeningLanguageInput[];
}

@InputType({ description: 'A draft as it shall be.' })
export class SaveProjectInput {
  @Field(() => ID, { nullable: true, description: 'The draft to write anew; none for a new one.' })
  id?: string;

  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What it is about.' })
  summary: string;

  @Field(() => String, { description: 'Kind of work.' })
  taskFamily: string;

  @Field(() => String, { description: 'LOW, MEDIUM or HIGH.' })
  scarcity: string;

  @Field(() => String, { description: 'LOW, MEDIUM or HIGH.' })
  sensitivity: string;

  @Field(() => String, { description: 'LOW, MEDIUM or HIGH.' })
  control: string;

  @Field(() => String, { description: 'What is not paid.' })
  unpaidParts: string;

  @Field(() => String, { description: 'What is monitored.' })
  monitoring: string;

  @Field(() => String, { description: 'What may be hard to look at.' })
  contentWarning: string;

  @Field(() => [OpeningInput], { description: 'Layers.' })
  openings: OpeningInput[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}
