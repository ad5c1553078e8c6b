import { ArgsType, Field, ID } from '@nestjs/graphql';
import type { JournalFilter } from '../audit.repository';

@ArgsType()
export class JournalArgs {
  @Field(() => ID, { nullable: true, description: 'Only this subject.' })
  subjectId?: string;

  @Field(() => String, { nullable: true, description: 'Only subjects of this kind, e.g. payout.' })
  subjectType?: string;

  @Field(() => ID, { nullable: true, description: 'Only what this account did.' })
  actorId?: string;

  @Field(() => String, { nullable: true, description: 'Only this use case, e.g. vet-lab.' })
  command?: string;

  @Field(() => ID, { nullable: true, description: 'Only about this lab.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'Only about this expert.' })
  expertId?: string;

  @Field(() => Date, { nullable: true, description: 'At or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Before (UTC).' })
  to?: Date;
}

/** The filter that arguments ask for; what is null is not asked for. */
export function journalFilterOf(args: JournalArgs): JournalFilter {
  const { subjectId, subjectType, actorId, command, labId, expertId, from, to } = args;
  const given = { subjectId, subjectType, actorId, command, labId, expertId, from, to };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}
