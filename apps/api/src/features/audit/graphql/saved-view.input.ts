import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'A list as it is filtered, to be kept under a name.' })
export class SaveViewInput {
  @Field(() => String, { description: 'Address of the list, e.g. /admin/payouts.' })
  list: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Search part of the address, without its question mark.' })
  search: string;

  @Field(() => Boolean, { description: 'Whether all of the staff see it.' })
  isShared: boolean;
}

@InputType({ description: 'How one’s own view is changed.' })
export class ChangeViewInput {
  @Field(() => ID, { description: 'The view.' })
  id: string;

  @Field(() => String, { description: 'Its name from now on.' })
  name: string;

  @Field(() => Boolean, { description: 'Whether all of the staff see it.' })
  isShared: boolean;
}
