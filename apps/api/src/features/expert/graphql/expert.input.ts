import { Field, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'A new profile.' })
export class CreateExpertInput {
  @Field(() => String, { description: 'Name that labs see.' })
  displayName: string;

  @Field(() => String, { description: 'Country from which the work is done, two letters.' })
  country: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A skill.' })
export class ExpertSkillInput {
  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => String, { nullable: true, description: 'Concept of the taxonomy.' })
  conceptId?: string;
}

@InputType({ description: 'A language.' })
export class ExpertLanguageInput {
  @Field(() => String, {
    description: 'By its name or its ISO 639 code; kept by its English name.',
  })
  language: string;

  @Field(() => String, { description: 'A1 to C2 or NATIVE.' })
  level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'NATIVE';
}

@InputType({ description: 'Where somebody works or worked.' })
export class AffiliationInput {
  @Field(() => String, { description: 'Organisation.' })
  organisation: string;

  @Field(() => String, { description: 'Role.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'First day, year-month-day.' })
  startsOn?: string;

  @Field(() => String, { nullable: true, description: 'Last day, year-month-day.' })
  endsOn?: string;
}

@InputType({ description: 'One item of evidence.' })
export class EvidenceItemInput {
  @Field(() => String, { description: 'WORK, EDUCATION, PUBLICATION or PROJECT.' })
  kind: 'WORK' | 'EDUCATION' | 'PUBLICATION' | 'PROJECT';

  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What it is.' })
  text: string;
}

@InputType({ description: 'When somebody works: the same hours on some days of every week.' })
export class WorkHoursInput {
  @Field(() => [Int], { description: 'Days, 1 is Monday; at most 7.' })
  days: number[];

  @Field(() => Int, { description: 'Begin, minutes from midnight in the time zone of the profile.' })
  fromMinute: number;

  @Field(() => Int, {
    description: 'End, minutes from midnight; before the begin where it goes past midnight.',
  })
  toMinute: number;
}

@InputType({ description: 'The whole profile as it shall be.' })
export class EditProfileInput {
  @Field(() => String, { description: 'Name that labs see.' })
  displayName: string;

  @Field(() => String, { description: 'One line, at most 160 characters.' })
  headline: string;

  @Field(() => String, { description: 'At most 4000 characters.' })
  bio: string;

  @Field(() => String, { description: 'Two letters.' })
  country: string;

  @Field(() => String, { description: 'IANA zone.' })
  timeZone: string;

  @Field(() => WorkHoursInput, { nullable: true, description: 'When they work; none where they do not say.' })
  workHours?: WorkHoursInput;

  @Field(() => [String], {
    nullable: true,
    description: 'Countries in which they declare the right to work, two letters each, at most 60.',
  })
  authorisedIn?: string[];

  @Field(() => Int, { description: '1 to 60.' })
  hoursPerWeek: number;

  @Field(() => String, { description: 'Lowest rate an hour, minor units.' })
  minimumRateMinor: string;

  @Field(() => String, { description: 'Its currency.' })
  rateCurrency: string;

  @Field(() => Boolean, { description: 'Consent to be shown to labs.' })
  isVisibleToLabs: boolean;

  @Field(() => [ExpertSkillInput], { description: 'At most 100.' })
  skills: ExpertSkillInput[];

  @Field(() => [ExpertLanguageInput], { description: 'At most 20.' })
  languages: ExpertLanguageInput[];

  @Field(() => [AffiliationInput], { description: 'At most 50.' })
  affiliations: AffiliationInput[];

  @Field(() => [EvidenceItemInput], { description: 'At most 100.' })
  evidence: EvidenceItemInput[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}
