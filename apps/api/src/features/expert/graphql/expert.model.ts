import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A skill that an expert claims.' })
export class ExpertSkill {
  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => String, { nullable: true, description: 'Concept of the taxonomy.' })
  conceptId: string | null;
}

@ObjectType({ description: 'A language and its level.' })
export class ExpertLanguage {
  @Field(() => String, { description: 'The language.' })
  language: string;

  @Field(() => String, { description: 'A1 to C2 or NATIVE.' })
  level: string;
}

@ObjectType({ description: 'Where an expert works or worked.' })
export class Affiliation {
  @Field(() => String, { description: 'Organisation.' })
  organisation: string;

  @Field(() => String, { description: 'Role there.' })
  title: string;

  @Field(() => Date, { nullable: true, description: 'First day.' })
  startsOn: Date | null;

  @Field(() => Date, { nullable: true, description: 'Last day; null while it lasts.' })
  endsOn: Date | null;
}

@ObjectType({ description: 'One item of evidence on a profile.' })
export class EvidenceItem {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'WORK, EDUCATION, PUBLICATION or PROJECT.' })
  kind: string;

  @Field(() => String, { description: 'Title.' })
  title: string;

  @Field(() => String, { description: 'What it is.' })
  text: string;
}

@ObjectType({ description: 'When somebody works: the same hours on some days of every week.' })
export class WorkHours {
  @Field(() => [Int], { description: 'Days, 1 is Monday; at most 7.' })
  days: number[];

  @Field(() => Int, { description: 'Begin, minutes from midnight in the time zone beside it.' })
  fromMinute: number;

  @Field(() => Int, {
    description: 'End, minutes from midnight; before the begin where it goes past midnight.',
  })
  toMinute: number;
}

@ObjectType({ description: 'The person who works, as labs see them.' })
export class Expert {
  @Field(() => ID, { description: 'Id.' })
  id: string;

  @Field(() => String, { description: 'Name that labs see.' })
  displayName: string;

  @Field(() => String, { description: 'One line.' })
  headline: string;

  @Field(() => String, { description: 'Country from which they work, two letters.' })
  country: string;

  @Field(() => String, { description: 'IANA zone.' })
  timeZone: string;

  @Field(() => Int, { description: 'Hours a week on offer.' })
  hoursPerWeek: number;
}

@ObjectType({ description: 'An expert as one to choose.' })
export class NamedExpert {
  @Field(() => ID, { description: 'Their id.' })
  id: string;

  @Field(() => String, { description: 'Their name.' })
  displayName: string;

  @Field(() => String, { description: 'Where they are, ISO 3166.' })
  country: string;
}

@ObjectType({ description: 'A whole profile.' })
export class Profile extends Expert {
  @Field(() => String, { description: 'In their own words.' })
  bio: string;

  @Field(() => WorkHours, { nullable: true, description: 'When they work; null where they have not said.' })
  workHours: WorkHours | null;

  @Field(() => [String], {
    description: 'Countries in which they declare the right to work, two letters each, at most 60.',
  })
  authorisedIn: string[];

  @Field(() => Money, { description: 'Lowest rate an hour.' })
  minimumRate: Money;

  @Field(() => Boolean, { description: 'Whether labs may see the profile.' })
  isVisibleToLabs: boolean;

  @Field(() => String, { description: 'ACTIVE or SUSPENDED.' })
  state: string;

  @Field(() => [ExpertSkill], { description: 'Claimed skills.' })
  skills: ExpertSkill[];

  @Field(() => [ExpertLanguage], { description: 'Languages.' })
  languages: ExpertLanguage[];

  @Field(() => [Affiliation], { description: 'Where they work or worked.' })
  affiliations: Affiliation[];

  @Field(() => [EvidenceItem], { description: 'Work, education, publications, projects.' })
  evidence: EvidenceItem[];
}
