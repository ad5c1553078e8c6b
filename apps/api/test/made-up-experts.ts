import type { OpeningDocument } from '@tallystick/matching';
import type { Client } from 'pg';

/** A field of work, as one language has it. */
interface Field {
  readonly language: 'English' | 'German' | 'Spanish';
  readonly title: string;
  readonly others: readonly string[];
  readonly skills: readonly string[];
  readonly words: string;
  /** Words that make a sentence of the others. */
  readonly glue: readonly string[];
}

const ENGLISH = ['the work of', 'with a focus on', 'and', 'in the field of', 'for', 'on'];
const GERMAN = ['die Arbeit mit', 'und', 'auf dem Gebiet der', 'für', 'von', 'mit dem'];
const SPANISH = ['el trabajo con', 'y', 'en el campo de', 'para', 'de la', 'con'];

const field = (
  language: Field['language'],
  title: string,
  others: string,
  skills: string,
  words: string,
): Field => ({
  ...{ language, title, others: others.split(', '), skills: skills.split(', '), words },
  glue: { English: ENGLISH, German: GERMAN, Spanish: SPANISH }[language],
});

/** Fields that are told apart, some of them only just. */
export const FIELDS: readonly Field[] = [
  field(
    'English',
    'Cardiologist',
    'Heart physician, Consultant cardiologist, Interventional cardiologist',
    'echocardiography, electrocardiography, heart failure, clinical trials, patient safety',
    'ventricle stent catheter arrhythmia pacemaker hypertension ward patient diagnosis clinic therapy dosage trial outcome',
  ),
  field(
    'English',
    'Critical care nurse',
    'Intensive care nurse, Registered nurse, Ward nurse',
    'triage, ventilation, medication safety, wound care, patient safety',
    'ward patient ventilator shift infusion dosage monitoring recovery family handover clinic infection therapy',
  ),
  field(
    'English',
    'Tax adviser',
    'Tax consultant, Tax accountant, Corporate tax adviser',
    'corporate tax, value added tax, transfer pricing, tax returns, audit',
    'return deduction treaty withholding income ledger relief filing assessment audit company invoice liability',
  ),
  field(
    'English',
    'Auditor',
    'Financial auditor, Internal auditor, Audit partner',
    'audit, financial reporting, risk assessment, internal controls, forensic accounting',
    'ledger control invoice sample report company risk fraud balance liability statement assessment evidence',
  ),
  field(
    'English',
    'Software developer',
    'Backend developer, Software engineer, Platform engineer',
    'python, typescript, distributed systems, code review, databases',
    'service queue latency compiler thread cache deployment test interface protocol cluster memory index query',
  ),
  field(
    'English',
    'Mathematician',
    'Research mathematician, Number theorist, Statistician',
    'number theory, probability, formal proofs, algebra, statistics',
    'theorem lemma manifold group ring proof conjecture measure kernel operator bound spectrum random variable',
  ),
  field(
    'English',
    'Patent lawyer',
    'Patent attorney, Intellectual property lawyer, Counsel',
    'patent law, litigation, claim drafting, licensing, contract review',
    'claim prior invention court licence infringement filing court contract clause opinion counsel dispute evidence',
  ),
  field(
    'English',
    'Structural engineer',
    'Civil engineer, Bridge engineer, Design engineer',
    'finite elements, concrete design, steel design, earthquake engineering, surveying',
    'beam load bridge steel concrete column foundation vibration fatigue survey drawing tender site inspection',
  ),
  field(
    'German',
    'Steuerberater',
    'Steuerberaterin, Steuerfachwirt, Fachberater für Steuern',
    'Umsatzsteuer, Einkommensteuer, Bilanzierung, Betriebsprüfung, Lohnabrechnung',
    'Steuererklärung Freibetrag Bescheid Einspruch Finanzamt Abschreibung Rechnung Bilanz Unternehmen Prüfung Gewinn Verlust',
  ),
  field(
    'German',
    'Krankenpfleger',
    'Krankenschwester, Intensivpfleger, Stationspfleger',
    'Wundversorgung, Medikamentengabe, Beatmung, Notaufnahme, Dokumentation',
    'Station Patient Verband Infusion Schicht Übergabe Angehörige Hygiene Dosierung Aufnahme Pflege Visite',
  ),
  field(
    'German',
    'Bauingenieur',
    'Tragwerksplaner, Brückenbauer, Statiker',
    'Stahlbau, Betonbau, Tragwerksplanung, Bauleitung, Vermessung',
    'Träger Last Brücke Stahl Beton Stütze Fundament Schwingung Baustelle Zeichnung Ausschreibung Abnahme',
  ),
  field(
    'Spanish',
    'Abogado',
    'Abogada laboralista, Abogado mercantil, Letrado',
    'derecho laboral, derecho mercantil, litigios, redacción de contratos, arbitraje',
    'demanda contrato tribunal sentencia recurso cláusula despido sociedad prueba testigo plazo acuerdo',
  ),
  field(
    'Spanish',
    'Traductor médico',
    'Traductora médica, Intérprete, Corrector de textos',
    'traducción médica, terminología, revisión de textos, interpretación, subtitulado',
    'texto glosario paciente informe término ensayo prospecto estilo original revisión fármaco consulta',
  ),
];

const COUNTRIES = ['US', 'GB', 'DE', 'ES', 'IN', 'KE', 'RO', 'MX'];
const LEVELS = ['B1', 'B2', 'C1', 'C2', 'NATIVE'];
const RANKS = ['', 'Senior', 'Lead', 'Freelance', 'Junior'];
const AT_ONCE = 2000;

/** Numbers without a pattern from a seed (mulberry32). */
function chanceFrom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    below,
    isIn: (share: number) => next() < share,
    one: <T>(list: readonly T[]) => list[below(list.length)] as T,
  };
}
type Chance = ReturnType<typeof chanceFrom>;

/** A sentence of a field's words, the first of them more often; now and then one of another field. */
function sentence(from: Chance, of: Field, length: number): string {
  const words = of.words.split(' ');
  return Array.from({ length }, () => {
    if (from.isIn(0.3)) return from.one(of.glue);
    if (from.isIn(0.15)) return from.one(from.one(FIELDS).words.split(' '));
    return words[Math.floor(words.length * (from.below(1000) / 1000) ** 1.5)];
  }).join(' ');
}

function person(number: number) {
  const from = chanceFrom(number + 1);
  const own = from.one(FIELDS);
  const title = () => [from.one(RANKS), from.isIn(0.5) ? own.title : from.one(own.others)].join(' ').trim();
  const other = from.one(FIELDS);
  const languages = new Map([[own.language, from.one(['C1', 'C2', 'NATIVE'])]]);
  if (from.isIn(0.6)) languages.set(from.one(FIELDS).language, from.one(LEVELS));
  return {
    number,
    headline: from.isIn(0.95) ? title() : from.one(own.skills),
    bio: sentence(from, own, 12 + from.below(40)),
    country: from.one(COUNTRIES),
    hours: 5 + from.below(36),
    rate: from.isIn(0.9) ? 1500 + 100 * from.below(120) : 0,
    currency: from.isIn(0.85) ? 'USD' : 'EUR',
    visible: from.isIn(0.97),
    state: from.isIn(0.99) ? 'ACTIVE' : 'SUSPENDED',
    titles: from.isIn(0.5) ? [title()] : [],
    skills: [
      ...new Set([
        ...own.skills.filter(() => from.isIn(0.55)),
        ...(from.isIn(0.5) ? [from.one(other.skills)] : []),
      ]),
    ],
    languages: [...languages].map(([language, level]) => ({ language, level })),
    evidence: Array.from({ length: from.below(4) }, () => ({
      title: sentence(from, own, 5),
      text: sentence(from, own, 15),
    })),
    licensed: from.isIn(0.3),
    record: from.isIn(0.2)
      ? {
          quality: 0.6 + from.below(40) / 100,
          timeliness: 0.5 + from.below(50) / 100,
          weeks: from.below(30),
          exposure: from.below(50) / 10,
        }
      : null,
  };
}

/** The id of a made-up expert. */
export const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const ID = (kind: string, ...more: string[]) =>
  `md5('${kind}' || ${['p.number', ...more].join(" || ' ' || ")})::uuid`;
const EXPERT = `('00000000-0000-7000-8000-' || lpad(p.number::text, 12, '0'))::uuid`;
const PEOPLE = `jsonb_to_recordset($1::jsonb) AS p (number int, headline text, bio text, country text, hours int, rate bigint, currency text,
  visible boolean, state text, titles jsonb, skills jsonb, languages jsonb, evidence jsonb, licensed boolean, record jsonb)`;
const INSERTS = [
  `INSERT INTO account (id, email, password_hash, name, created_at)
   SELECT ${ID('account')}, 'made-up-' || p.number || '@example.org', '-', 'Somebody', now() FROM ${PEOPLE}`,
  `INSERT INTO expert (id, account_id, display_name, headline, bio, country, hours_per_week, minimum_rate_minor, rate_currency, is_visible_to_labs,
     state, created_at, updated_at)
   SELECT ${EXPERT}, ${ID('account')}, 'Somebody', p.headline, p.bio, p.country, p.hours, p.rate, p.currency, p.visible, p.state, now(), now()
   FROM ${PEOPLE}`,
  `INSERT INTO expert_skill (id, expert_id, label) SELECT ${ID('skill', 's')}, ${EXPERT}, s FROM ${PEOPLE}, jsonb_array_elements_text(p.skills) s`,
  `INSERT INTO expert_language (id, expert_id, language, level)
   SELECT ${ID('language', 's.language')}, ${EXPERT}, s.language, s.level FROM ${PEOPLE}, jsonb_to_recordset(p.languages) AS s (language text, level text)`,
  `INSERT INTO affiliation (id, expert_id, organisation, title)
   SELECT ${ID('affiliation', 's')}, ${EXPERT}, 'Practice ' || p.number % 500, s FROM ${PEOPLE}, jsonb_array_elements_text(p.titles) s`,
  `INSERT INTO evidence_item (id, expert_id, kind, title, text)
   SELECT gen_random_uuid(), ${EXPERT}, 'WORK', s.title, s.text FROM ${PEOPLE}, jsonb_to_recordset(p.evidence) AS s (title text, text text)`,
  `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, created_at)
   SELECT ${ID('credential')}, ${EXPERT}, 'US_MEDICAL_LICENSE', '{}', 'US-CA', CASE WHEN p.licensed THEN 'VERIFIED' ELSE 'SUBMITTED' END, now()
   FROM ${PEOPLE} WHERE p.licensed OR p.number % 9 = 0`,
  `INSERT INTO track_record (expert_id, quality, timeliness, weeks, exposure, counted_at)
   SELECT ${EXPERT}, (p.record->>'quality')::float8, (p.record->>'timeliness')::float8, (p.record->>'weeks')::int, (p.record->>'exposure')::float8, now()
   FROM ${PEOPLE} WHERE jsonb_typeof(p.record) = 'object'`,
];

/** Puts made-up experts of all fields into a database, from their numbers: the same ones each time. */
export async function insertExperts(owner: Client, size: number): Promise<void> {
  for (let first = 0; first < size; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, size - first) }, (_, at) => person(first + at));
    for (const statement of INSERTS) await owner.query(statement, [JSON.stringify(some)]);
  }
}

/** Puts the occupations of these fields into the taxonomy, in groups of four. */
export async function insertOccupations(owner: Client): Promise<void> {
  const concepts = FIELDS.map((each, at) => ({
    id: `own-${at}`,
    label: each.title,
    group: `group-${Math.floor(at / 4)}`,
    others: each.others,
  }));
  await owner.query(
    `INSERT INTO taxonomy_concept (id, kind, source, source_code, label) SELECT DISTINCT c."group", 'GROUP', 'OWN', c."group", c."group"
     FROM jsonb_to_recordset($1::jsonb) AS c ("group" text)`,
    [JSON.stringify(concepts)],
  );
  await owner.query(
    `INSERT INTO taxonomy_concept (id, kind, source, source_code, label, description) SELECT c.id, 'OCCUPATION', 'OWN', c.id, c.label, 'the work of ' || c.label
     FROM jsonb_to_recordset($1::jsonb) AS c (id text, label text)`,
    [JSON.stringify(concepts)],
  );
  await owner.query(
    `INSERT INTO taxonomy_alias (concept_id, label) SELECT c.id, other FROM jsonb_to_recordset($1::jsonb) AS c (id text, others jsonb),
     jsonb_array_elements_text(c.others) other`,
    [JSON.stringify(concepts)],
  );
  await owner.query(
    `INSERT INTO taxonomy_relation (narrower_id, broader_id) SELECT c.id, c."group" FROM jsonb_to_recordset($1::jsonb) AS c (id text, "group" text)`,
    [JSON.stringify(concepts)],
  );
  await owner.query(
    `INSERT INTO taxonomy_import (id, source, loaded, missing, imported_at) VALUES (gen_random_uuid(), 'OWN', '{}', '{}', now())`,
  );
}

/** An opening of a field, with an advert of some words. @param more what it asks beside */
export function openingOf(number: number, more: Partial<OpeningDocument> = {}): OpeningDocument {
  const from = chanceFrom(900_000 + number);
  const own = FIELDS[number % FIELDS.length] as Field;
  return {
    id: `opening-${number}`,
    title: number % 2 === 0 ? own.title : from.one(own.others),
    description: sentence(from, own, 30),
    titles: [],
    skills: own.skills.slice(0, 3).map((label, at) => ({ label, isRequired: at < 2 })),
    currency: 'USD',
    rateMaxMinor: 9000n,
    hoursPerWeek: 20,
    ...more,
  };
}
