import { dayOf, CURRENCIES, type Currency } from '@tallystick/domain';
import type { PublicOpening } from '../project/project.public';

const WEEK_MS = 604_800_000;

/**
 * An open opening as search engines read it. Source: https://schema.org/JobPosting. `validThrough` is the day on which
 * the planned work of whoever is engaged now would end: a posting has no earlier end of its own.
 */
export function jobPosting(opening: PublicOpening, publicUrl: string, now: Date): object {
  const { digits } = CURRENCIES[opening.currency as Currency];
  const units = (minor: bigint) => Number(minor) / 10 ** digits;
  const endsAt = new Date(Math.max(opening.startsOn.getTime(), now.getTime()) + opening.weeks * WEEK_MS);
  return {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: opening.title,
    description: `${opening.project.summary}\n\n${opening.description}`.trim(),
    datePosted: opening.publishedAt ? dayOf(opening.publishedAt) : undefined,
    validThrough: endsAt.toISOString(),
    employmentType: 'CONTRACTOR',
    hiringOrganization: {
      '@type': 'Organization',
      name: opening.labName,
      ...(opening.lab.website && { sameAs: opening.lab.website }),
    },
    identifier: { '@type': 'PropertyValue', name: 'Tallystick', value: opening.id },
    url: `${publicUrl}/openings/${opening.id}`,
    directApply: true,
    jobLocationType: 'TELECOMMUTE',
    ...(opening.countries.length > 0 && {
      applicantLocationRequirements: opening.countries.map((name) => ({ '@type': 'Country', name })),
    }),
    baseSalary: {
      '@type': 'MonetaryAmount',
      currency: opening.currency,
      value: {
        '@type': 'QuantitativeValue',
        minValue: units(opening.rateMinMinor),
        maxValue: units(opening.rateMaxMinor),
        unitText: 'HOUR',
      },
    },
  };
}
