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
}

@InputType({ description: 'A language.' })
export class OpeningLanguageInput {
  @Field(() => String, { description: 'The language.' })
  language: string;

  @Field(() => String, { description: 'A1 to C2.' })
  level: string;
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
