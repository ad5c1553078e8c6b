import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { quoteWords, scheduleWords } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { moneyOf } from '../../platform/graphql/money.model';
import { ConversionQuote, HireDirectlyInput } from './graphql/conversion.model';
import { HireDirectly, type QuotedConversion } from './use-cases/hire-directly';

/** Direct-hire conversion of an engagement. */
@Resolver(() => ConversionQuote)
export class ConversionResolver {
  constructor(private readonly hire: HireDirectly) {}

  @Requires('engagement:read')
  @Query(() => ConversionQuote, {
    description:
      'What it costs the lab to hire the expert of an engagement directly, for both sides; of the lab, for whoever reads its money. Refuses with NOT_FOUND.',
  })
  async conversionQuote(
    @CurrentPerson() person: Person,
    @Args('engagementId', { type: () => ID, description: 'The engagement.' }) engagementId: string,
  ): Promise<ConversionQuote> {
    return quoteOf(await this.hire.quote(person, engagementId));
  }

  @Requires('engagement:convert')
  @Mutation(() => ConversionQuote, {
    description:
      'Records that the lab hires directly: charges what is due and gives notice. Refuses with NOT_FOUND, ALREADY_CONVERTED, QUOTE_CHANGED, INSUFFICIENT_BALANCE.',
  })
  async hireDirectly(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => HireDirectlyInput, description: 'What was read and decided.' })
    input: HireDirectlyInput,
  ): Promise<ConversionQuote> {
    await this.hire.run(person, input);
    return quoteOf(await this.hire.quote(person, input.engagementId));
  }
}

function quoteOf({ engagement, schedule, quote, done, credited }: QuotedConversion): ConversionQuote {
  const money = (minor: bigint) => moneyOf(minor, engagement.currency);
  return {
    engagementId: engagement.id,
    schedule: scheduleWords(schedule),
    sentence: done ? 'The lab has recorded that it hires directly.' : quoteWords(quote),
    months: done?.months ?? quote.months,
    sharePpm: done?.sharePpm ?? quote.ppm,
    base: money(done?.baseMinor ?? quote.baseMinor),
    credit: money(done?.creditMinor ?? quote.creditMinor),
    due: money(done?.dueMinor ?? quote.dueMinor),
    laterCredit: credited ? money(credited.amountMinor) : null,
    freeFrom: quote.freeFrom ?? null,
    recordedAt: done?.recordedAt ?? null,
  };
}
