import { TENTHS, type OpenDocument } from './open-block';
import { idfOf, type TermWeights } from './postings';

/** How many topics; fewer find what is alike in few words less well, more tell near things apart too well. */
export const TOPICS = 24;
/** Fewer words than this say what is meant, but not what field it is of. */
export const LEAST_WORDS = 5;
/** With fewer texts there are no topics to find. */
const LEAST_TEXTS = 64;
/** The basis is found from this many texts at most, taken evenly; all are then seen in it. */
const MOST_TEXTS = 20_000;
/** Rounds of the subspace iteration: the basis hardly moves after three. */
const ROUNDS = 3;
const ONE = 127;

/** Takes texts evenly while they come, however many there will be: all, then every second, every fourth. */
export class TextSample {
  private step = 1;
  private texts: TermWeights[] = [];
  size = 0;

  add(text: TermWeights): void {
    if (this.size % this.step === 0) this.texts.push(text);
    this.size += 1;
    if (this.texts.length <= MOST_TEXTS) return;
    this.step *= 2;
    this.texts = this.texts.filter((_, at) => at % 2 === 0);
  }

  /** Of each word, what it says of each topic; nothing where there are few texts. */
  basis(): Basis {
    return this.texts.length < LEAST_TEXTS ? new Map() : basisOf(this.texts);
  }
}

/** Of each word, what it says of each topic. */
export type Basis = ReadonlyMap<string, Float32Array>;

/** Writes the vectors of documents whose terms are numbered. */
export class TopicWriter {
  private readonly rows: (Float32Array | undefined)[];

  constructor(basis: Basis, terms: Iterable<string>) {
    this.rows = Array.from(terms, (term) => basis.get(term));
  }

  /** Writes the vector of a document where that of a text belongs. */
  write({ terms, tenths }: OpenDocument, vectors: Int8Array, text: number): void {
    const vector = new Float32Array(TOPICS);
    for (let i = 0; i < terms.length; i++) {
      const row = this.rows[terms[i] as number];
      if (row) addRow(vector, row, damped((tenths[i] as number) / TENTHS));
    }
    const unit = scaled(vector);
    for (let k = 0; k < TOPICS; k++) vectors[text * TOPICS + k] = Math.round((unit[k] as number) * ONE);
  }
}

/** Texts as unit vectors of topics, a byte each: latent semantic analysis (Deerwester et al. 1990) of the texts themselves. */
export class Topics {
  constructor(
    private readonly basis: Basis,
    readonly vectors: Int8Array,
  ) {}

  get isEmpty(): boolean {
    return this.vectors.length === 0;
  }

  /** The unit vector of a text; all zeros where none of its words is known. */
  vectorOf(text: TermWeights): Float32Array {
    const vector = new Float32Array(TOPICS);
    for (const [term, weight] of text) {
      const row = this.basis.get(term);
      if (row) addRow(vector, row, damped(weight));
    }
    return scaled(vector);
  }

  /** How near a text is to a vector, 0 to 1. */
  nearness(vector: Float32Array, at: number): number {
    const { vectors } = this;
    const [length, from] = [TOPICS, at * TOPICS];
    let sum = 0;
    for (let k = 0; k < length; k++) sum += (vector[k] as number) * (vectors[from + k] as number);
    return sum > 0 ? sum / ONE : 0;
  }
}

function addRow(vector: Float32Array, row: Float32Array, often: number): void {
  for (let k = 0; k < TOPICS; k++) vector[k] = (vector[k] as number) + often * (row[k] as number);
}

/** A word that comes often says more, but not in proportion. */
function damped(weight: number): number {
  return 1 + Math.log(Math.max(1, weight));
}

/** Right singular vectors of the texts, by subspace iteration: for each word a row, with its idf. Words of one text alone say nothing of what goes together. */
function basisOf(texts: readonly TermWeights[]): Map<string, Float32Array> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const term of text.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count > 1);
  const places = new Map(known.map(([term], place) => [term, place]));
  const idf = Float64Array.from(known, ([, count]) => idfOf(count, texts.length));
  const rows = texts.map((text) => rowOf(text, places, idf));
  const size = places.size;
  let columns = orthonormal(start(size), size);
  for (let round = 0; round < ROUNDS; round++) {
    const seen = orthonormal(forth(rows, columns), rows.length);
    columns = orthonormal(back(rows, seen, size), size);
  }
  const row = (place: number) =>
    Float32Array.from(
      columns.subarray(place * TOPICS, (place + 1) * TOPICS),
      (each) => each * (idf[place] as number),
    );
  return new Map([...places].map(([term, place]) => [term, row(place)]));
}

/** tf-idf of a text's known words, its length 1. */
function rowOf(text: TermWeights, places: ReadonlyMap<string, number>, idf: Float64Array): Row {
  const found = [...text].flatMap(([term, weight]) => {
    const place = places.get(term);
    return place === undefined ? [] : [{ place, weight: damped(weight) * (idf[place] as number) }];
  });
  const norm = Math.sqrt(found.reduce((sum, { weight }) => sum + weight ** 2, 0)) || 1;
  return {
    places: Uint32Array.from(found, ({ place }) => place),
    weights: Float64Array.from(found, ({ weight }) => weight / norm),
  };
}

interface Row {
  readonly places: Uint32Array;
  readonly weights: Float64Array;
}

/** Numbers without a pattern from a fixed seed (a linear congruential generator), so that a basis can be found again. */
function start(rows: number): Float64Array {
  let seed = 1;
  return Float64Array.from({ length: rows * TOPICS }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32 - 0.5;
  });
}

function forth(rows: readonly Row[], columns: Float64Array): Float64Array {
  const result = new Float64Array(rows.length * TOPICS);
  rows.forEach(({ places, weights }, row) => {
    for (let i = 0; i < places.length; i++) {
      const [from, weight] = [(places[i] as number) * TOPICS, weights[i] as number];
      for (let k = 0; k < TOPICS; k++)
        result[row * TOPICS + k] =
          (result[row * TOPICS + k] as number) + weight * (columns[from + k] as number);
    }
  });
  return result;
}

function back(rows: readonly Row[], columns: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * TOPICS);
  rows.forEach(({ places, weights }, row) => {
    for (let i = 0; i < places.length; i++) {
      const [to, weight] = [(places[i] as number) * TOPICS, weights[i] as number];
      for (let k = 0; k < TOPICS; k++)
        result[to + k] = (result[to + k] as number) + weight * (columns[row * TOPICS + k] as number);
    }
  });
  return result;
}

/** Gram-Schmidt over the columns, each against those before it, twice for precision. */
function orthonormal(matrix: Float64Array, rows: number): Float64Array {
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let row = 0; row < rows; row++)
      sum += (matrix[row * TOPICS + a] as number) * (matrix[row * TOPICS + b] as number);
    return sum;
  };
  for (let column = 0; column < TOPICS; column++) {
    for (let again = 0; again < 2; again++)
      for (let before = 0; before < column; before++) {
        const part = dot(column, before);
        for (let row = 0; row < rows; row++)
          matrix[row * TOPICS + column] =
            (matrix[row * TOPICS + column] as number) - part * (matrix[row * TOPICS + before] as number);
      }
    const norm = Math.sqrt(dot(column, column)) || 1;
    for (let row = 0; row < rows; row++)
      matrix[row * TOPICS + column] = (matrix[row * TOPICS + column] as number) / norm;
  }
  return matrix;
}

function scaled(vector: Float32Array): Float32Array {
  let square = 0;
  for (const each of vector) square += each ** 2;
  const norm = Math.sqrt(square) || 1;
  return vector.map((each) => each / norm);
}
