import path from 'node:path';
import { readSettings, retiredIn } from './settings';

/** Says each setting of this process that is no longer read. */
export function sayRetired(
  say: (sentence: string) => void,
  environment: Record<string, string | undefined> = process.env,
): void {
  retiredIn(environment).forEach(say);
}

/** The settings of this process, read once. The only place that reads the environment. */
export class Config {
  private readonly settings: ReturnType<typeof readSettings>;

  constructor(environment: Record<string, string | undefined> = process.env) {
    this.settings = readSettings(environment);
  }

  /** One setting by its name. */
  get<K extends keyof ReturnType<typeof readSettings>>(name: K): ReturnType<typeof readSettings>[K] {
    return this.settings[name];
  }

  /** Address at which people reach the product, without a slash at its end. */
  get publicUrl(): string {
    return (this.get('PUBLIC_URL') ?? `http://${this.get('HOST')}:${this.get('PORT')}`).replace(/\/$/, '');
  }

  /** True where cookies may demand https: everywhere but on loopback. */
  get isHttps(): boolean {
    return this.publicUrl.startsWith('https://');
  }

  /** True where the GraphQL door tells its schema; it is printed in apps/api/schema.graphql anyway. */
  get tellsSchema(): boolean {
    const isProduction = this.get('NODE_ENV') === 'production';
    return (this.get('GRAPHQL_INTROSPECTION') ?? (isProduction ? 'no' : 'yes')) === 'yes';
  }

  /** Folder of the web client with its `dist`. */
  get webDir(): string {
    return this.get('WEB_DIR') ?? path.join(__dirname, '../../../../web');
  }

  /** A path inside the data folder. */
  dataPath(...parts: string[]): string {
    return path.resolve(this.get('DATA_DIR'), ...parts);
  }
}
