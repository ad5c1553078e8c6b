import { clockOf, hasIssuer, minuteOf, type ProposedLayer } from '@tallystick/domain';
import type { ProjectDraftQuery } from '../../gql/graphql';
import { countryCode, countryName } from '../../lib/countries';
import { amountFault, minorOf, typed } from '../../lib/money';
import { countriesOrCodes, rules, said, wholeNumber } from '../../lib/rules';
import { today } from '../../lib/time';
import { conceptOf, knowConcept } from './skill-suggestions';

/** A layer as it is typed. */
export interface LayerValues {
  readonly title: string;
  readonly description: string;
  readonly rung: string;
  readonly currency: string;
  readonly rateMin: string;
  readonly rateMax: string;
  readonly seats: string;
  readonly hoursPerWeek: string;
  readonly weeks: string;
  readonly startsOn: string;
  readonly requiredSkills: string[];
  readonly goodSkills: string[];
  readonly credentials: {
    readonly type: string;
    readonly jurisdiction: string;
    readonly issuers: string[];
  }[];
  readonly languages: { readonly language: string; readonly level: string }[];
  /** Names of countries; none means anywhere. */
  readonly countries: string[];
  readonly isOnshore: boolean;
  readonly needsAuthorisation: boolean;
  readonly isExclusive: boolean;
  /** Nothing where no overlap is asked for. */
  readonly overlapHours: string;
  readonly overlapZone: string;
  readonly overlapFrom: string;
  readonly overlapTo: string;
  readonly evaluatedWorks: string[];
}

/** All layers of a project as they are typed. */
export interface LayersValues {
  readonly openings: LayerValues[];
}

const OVERLAP_FAULT = 'Write a number from 1 to 60, or nothing.';

const LAYER_RULES = rules
  .object({
    title: said('Give the layer a title.', 120),
    description: rules.string(),
    rung: rules.string(),
    currency: rules.string(),
    ...{ rateMin: rules.string(), rateMax: rules.string() },
    seats: wholeNumber(1, 1000, 'Seats'),
    hoursPerWeek: wholeNumber(1, 60, 'Hours'),
    weeks: wholeNumber(1, 104, 'Weeks'),
    startsOn: said('Choose the first day.'),
    requiredSkills: rules.array(rules.string()),
    goodSkills: rules.array(rules.string()),
    credentials: rules.array(
      rules.object({
        type: said('Choose a credential.'),
        jurisdiction: rules.string(),
        issuers: rules.array(rules.string()),
      }),
    ),
    languages: rules.array(rules.object({ language: said('Name the language.', 40), level: rules.string() })),
    countries: countriesOrCodes,
    ...{ isOnshore: rules.boolean(), needsAuthorisation: rules.boolean(), isExclusive: rules.boolean() },
    overlapHours: rules
      .string()
      .check(
        rules.refine((text) => text.trim() === '' || /^([1-9]|[1-5]\d|60)$/.test(text.trim()), OVERLAP_FAULT),
      ),
    ...{ overlapZone: rules.string(), overlapFrom: rules.string(), overlapTo: rules.string() },
    evaluatedWorks: rules.array(rules.string()),
  })
  .check((payload) => {
    const { currency, ...layer } = payload.value;
    for (const name of ['rateMin', 'rateMax'] as const) {
      const fault = amountFault(layer[name], currency);
      if (fault) payload.issues.push({ code: 'custom', message: fault, path: [name], input: payload.value });
    }
  });

/** What can be said wrong about layers before they are sent. */
export const LAYERS_RULES = rules.object({ openings: rules.array(LAYER_RULES) });

/** An empty layer of a rung, or one that is proposed. */
export function newLayer(proposed?: ProposedLayer): LayerValues {
  const cents = (minor: bigint | undefined) =>
    minor === undefined ? '' : typed({ minor: minor.toString(), currency: 'USD' });
  return {
    title: proposed?.title ?? '',
    description: '',
    rung: proposed?.rung ?? 'SPECIALIST',
    currency: 'USD',
    rateMin: cents(proposed?.minMinor),
    rateMax: cents(proposed?.maxMinor),
    seats: String(proposed?.seats ?? 1),
    hoursPerWeek: String(proposed?.hoursPerWeek ?? 10),
    weeks: '4',
    startsOn: today(),
    requiredSkills: [],
    goodSkills: [],
    credentials: [],
    languages: [],
    countries: [],
    ...{ isOnshore: false, needsAuthorisation: false, isExclusive: false, evaluatedWorks: [] },
    ...{ overlapHours: '', overlapZone: ownZone(), overlapFrom: '09:00', overlapTo: '17:00' },
  };
}

/** A layer of a draft as it is typed. */
export function layerOf(opening: ProjectDraftQuery['project']['openings'][number]): LayerValues {
  const { title, description, rung, rateMin, rateMax, skills, overlap } = opening;
  const { isOnshore, needsAuthorisation, isExclusive, evaluatedWorks } = opening;
  for (const { label, conceptId } of skills) knowConcept(label, conceptId);
  const labels = (isRequired: boolean) =>
    skills.filter((skill) => skill.isRequired === isRequired).map(({ label }) => label);
  return {
    title,
    description,
    rung,
    currency: rateMin.currency,
    rateMin: typed(rateMin),
    rateMax: typed(rateMax),
    seats: String(opening.seats),
    hoursPerWeek: String(opening.hoursPerWeek),
    weeks: String(opening.weeks),
    startsOn: opening.startsOn.slice(0, 10),
    requiredSkills: labels(true),
    goodSkills: labels(false),
    credentials: opening.credentials.map(({ type, jurisdiction, issuers }) => ({
      type,
      jurisdiction: jurisdiction ?? '',
      issuers,
    })),
    languages: opening.languages.map(({ language, level }) => ({ language, level })),
    countries: opening.countries.map(countryName),
    ...{ isOnshore, needsAuthorisation, isExclusive, evaluatedWorks },
    overlapHours: overlap ? String(overlap.hours) : '',
    overlapZone: overlap?.timeZone ?? ownZone(),
    overlapFrom: clockOf(overlap?.fromMinute ?? 540),
    overlapTo: clockOf(overlap?.toMinute ?? 1020),
  };
}

/** A layer as the server takes it. */
export function toOpeningInput(layer: LayerValues) {
  const { title, description, rung, currency, startsOn, requiredSkills, goodSkills } = layer;
  const { isOnshore, needsAuthorisation, isExclusive, evaluatedWorks } = layer;
  const skills = (labels: readonly string[], isRequired: boolean) =>
    labels.map((label) => ({ label, isRequired, conceptId: conceptOf(label) ?? null }));
  return {
    title,
    description,
    rung,
    currency,
    startsOn,
    rateMinMinor: minorOf(layer.rateMin, currency),
    rateMaxMinor: minorOf(layer.rateMax, currency),
    seats: Number(layer.seats),
    hoursPerWeek: Number(layer.hoursPerWeek),
    weeks: Number(layer.weeks),
    countries: layer.countries.map((name) => countryCode(name) ?? name),
    ...{ isOnshore, needsAuthorisation, isExclusive, evaluatedWorks },
    overlap: overlapOf(layer),
    skills: [...skills(requiredSkills, true), ...skills(goodSkills, false)],
    credentials: layer.credentials.map(({ type, jurisdiction, issuers }) => ({
      type,
      jurisdiction: jurisdiction.trim() === '' ? null : jurisdiction.trim(),
      issuers: hasIssuer(type) ? issuers : [],
    })),
    languages: layer.languages.map(({ language, level }) => ({ language, level })),
  };
}

function overlapOf({ overlapHours, overlapZone, overlapFrom, overlapTo }: LayerValues) {
  return overlapHours.trim() === ''
    ? null
    : {
        hours: Number(overlapHours),
        timeZone: overlapZone,
        fromMinute: minuteOf(overlapFrom),
        toMinute: minuteOf(overlapTo),
      };
}

/** The time zone of this browser. */
function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
