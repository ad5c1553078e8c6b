import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

/** Fonts that the first screen of every page needs. */
const FIRST_FONTS = ['public-sans-latin-wght-normal.woff2', 'fraunces-latin-wght-normal.woff2'];

/** The built files of the web client, by the names of their sources. Source: Vite's manifest. */
export class WebAssets {
  private constructor(
    private readonly manifest: Record<string, ManifestEntry>,
    private readonly chunks: Record<string, string>,
  ) {}

  /** Reads the manifest under a web folder; undefined where nothing is built. */
  static read(webDir: string): WebAssets | undefined {
    const read = (name: string) => {
      const file = path.resolve(webDir, 'dist/client', name);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
    };
    const manifest = read('.vite/manifest.json') as Record<string, ManifestEntry> | undefined;
    return manifest && new WebAssets(manifest, (read('routes.json') ?? {}) as Record<string, string>);
  }

  /** Addresses of the fonts to load first. */
  get fonts(): string[] {
    return FIRST_FONTS.flatMap((font) => {
      const [, entry] = Object.entries(this.manifest).find(([source]) => source.endsWith(`/${font}`)) ?? [];
      return entry ? [address(entry.file)] : [];
    });
  }

  /** Address of the script of a source. */
  scriptOf(source: string): string {
    return address(this.entry(source).file);
  }

  /** Addresses of the style sheets of a source, which may be one itself. */
  stylesOf(source: string): string[] {
    const { file, css = [] } = this.entry(source);
    return [...(file.endsWith('.css') ? [file] : []), ...css].map(address);
  }

  /** Addresses of the modules that a page at this path loads beside the entry, so that they can be fetched at once. */
  modulesOf(entry: string, pathname: string): string[] {
    const chunk = this.chunkAt(pathname);
    const found = new Set<string>();
    for (const source of [entry, ...(chunk ? [chunk] : [])]) this.collect(source, found);
    found.delete(this.entry(entry).file);
    return [...found].map(address);
  }

  private chunkAt(pathname: string): string | undefined {
    const parts = pathname.split('/');
    const [, source] =
      Object.entries(this.chunks).find(([route]) => {
        const wanted = route.split('/');
        return (
          wanted.length === parts.length &&
          wanted.every((part, index) => part.startsWith('$') || part === parts[index])
        );
      }) ?? [];
    return source;
  }

  private collect(source: string, found: Set<string>): void {
    const entry = this.manifest[source];
    if (!entry || found.has(entry.file)) return;
    found.add(entry.file);
    for (const each of entry.imports ?? []) this.collect(each, found);
  }

  private entry(source: string): ManifestEntry {
    const entry = this.manifest[source];
    if (!entry) throw new Error(`the web client has no ${source}`);
    return entry;
  }
}

function address(file: string): string {
  return `/assets/${file}`;
}
