import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Something that will happen at the sandbox rail.' })
export class SandboxDue {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'What, e.g. payment.succeeds.' })
  what: string;

  @Field(() => String, { description: 'To which object of the rail.' })
  objectId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  dueAt: Date;
}

@ObjectType({ description: 'A named number or word of the sandbox.' })
export class SandboxSetting {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Its value; delays are seconds.' })
  value: string;
}

@ObjectType({ description: 'The sandbox rail: what comes next and how it is set.' })
export class SandboxState {
  @Field(() => [SandboxDue], { description: 'What comes next, soonest first; at most 100.' })
  due: SandboxDue[];

  @Field(() => Int, { description: 'Webhooks that were not taken yet.' })
  undeliveredEvents: number;

  @Field(() => [SandboxSetting], { description: 'Delays in seconds.' })
  delays: SandboxSetting[];

  @Field(() => [SandboxSetting], { description: 'Failures that the next call of a kind will have.' })
  failures: SandboxSetting[];
}
