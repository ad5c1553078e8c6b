import { CREDENTIAL_TYPES, CURRENCIES, parseAmount, RUNGS, type Currency } from '@tallystick/domain';
import type { Problem } from '../../lib/problem';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';

/** A layer as it is typed. */
export interface LayerValues {
  readonly key: string;
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
  readonly skills: string;
  readonly credential: string;
}

/** A layer to begin with. */
export function newLayer(rung: string, rateMin: string, rateMax: string): LayerValues {
  const startsOn = new Date().toISOString().slice(0, 10);
  return {
    key: newKey(),
    title: '',
    description: '',
    rung,
    currency: 'USD',
    rateMin,
    rateMax,
    seats: '1',
    hoursPerWeek: '10',
    weeks: '4',
    startsOn,
    skills: '',
    credential: '',
  };
}

/** A layer as the server takes it; an amount that cannot be read goes as it is, and the server names it. */
export function toOpeningInput(layer: LayerValues) {
  const minor = (text: string) => {
    const parsed = parseAmount(text, layer.currency as Currency);
    return parsed.ok ? parsed.value.toString() : '';
  };
  const { title, description, rung, currency, startsOn } = layer;
  return {
    title,
    description,
    rung,
    currency,
    startsOn,
    rateMinMinor: minor(layer.rateMin),
    rateMaxMinor: minor(layer.rateMax),
    seats: Number(layer.seats) || 0,
    hoursPerWeek: Number(layer.hoursPerWeek) || 0,
    weeks: Number(layer.weeks) || 0,
    countries: [],
    skills: layer.skills
      .split(',')
      .map((label) => label.trim())
      .filter((label) => label !== '')
      .map((label) => ({ label, isRequired: true })),
    credentials: layer.credential === '' ? [] : [{ type: layer.credential }],
    languages: [],
  };
}

const CREDENTIALS = [
  ['', 'None'] as const,
  ...Object.entries(CREDENTIAL_TYPES).map(([code, { label }]) => [code, label] as const),
];

/** The fields of one layer. */
export function LayerFields({
  index,
  layer,
  problem,
  onChange,
  onRemove,
}: {
  readonly index: number;
  readonly layer: LayerValues;
  readonly problem?: Problem;
  readonly onChange: (layer: LayerValues) => void;
  readonly onRemove?: () => void;
}) {
  const own = problem?.field?.startsWith(`openings.${index}.`)
    ? { ...problem, field: problem.field.replace(`openings.${index}.`, '').replace('Minor', '') }
    : undefined;
  const field = (name: keyof LayerValues) => ({
    name,
    value: layer[name],
    problem: own,
    onChange: (value: string) => onChange({ ...layer, [name]: value }),
  });
  return (
    <fieldset>
      <legend>Layer {index + 1}</legend>
      <Field label="Title of the layer" {...field('title')} />
      <Field label="What is done" isLong {...field('description')} />
      <div className="grid">
        <Field
          label="Rung"
          options={Object.entries(RUNGS).map(([code, { label }]) => [code, label] as const)}
          {...field('rung')}
        />
        <Field
          label="Currency"
          options={Object.keys(CURRENCIES).map((code) => [code, code] as const)}
          {...field('currency')}
        />
        <Field label="Pay an hour, from" {...field('rateMin')} />
        <Field label="Pay an hour, to" {...field('rateMax')} />
        <Field label="Seats" {...field('seats')} />
        <Field label="Hours a week" {...field('hoursPerWeek')} />
        <Field label="Weeks" {...field('weeks')} />
        <Field label="First day" type="date" {...field('startsOn')} />
      </div>
      <Field label="Required skills" hint="With commas between them." {...field('skills')} />
      <Field label="Required credential" options={CREDENTIALS} {...field('credential')} />
      {onRemove && (
        <button type="button" className="button" onClick={onRemove}>
          Remove this layer
        </button>
      )}
    </fieldset>
  );
}
