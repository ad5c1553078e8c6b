import 'reflect-metadata';
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { ExportQueries } from '../features/matching/matching.public';
import { FeaturesModule } from '../features.module';
import { startOrSay } from '../platform/log/start-or-say';

const USAGE = `Writes what matching reads of experts and openings, for npm run rank.

  npm run export:matching -- --experts FILE --openings FILE
`;

/** A file that cannot be written; its message is one sentence that names the argument. */
class BadOutput extends Error {}

interface Output {
  readonly option: string;
  readonly file: string;
}

/** Writes both files or, where one cannot be written, none. */
async function main(): Promise<void> {
  const files = argumentsGiven();
  if (!files) return;
  const experts = { option: '--experts', file: files.experts };
  const openings = { option: '--openings', file: files.openings };
  try {
    for (const output of [experts, openings]) mustBeWritable(output);
    const lines = await read();
    writeAll([
      [experts, lines.experts],
      [openings, lines.openings],
    ]);
  } catch (error) {
    if (!(error instanceof BadOutput)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function read(): Promise<{ experts: readonly unknown[]; openings: readonly unknown[] }> {
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    return await app.get(ExportQueries, { strict: false }).run();
  } finally {
    await app.close();
  }
}

const partOf = ({ file }: Output): string => `${file}.part-${process.pid}`;

/** Tries it before anything is read: what is written takes the place of a file, and of nothing else. */
function mustBeWritable(output: Output): void {
  const { option, file } = output;
  if (existsSync(file) && !statSync(file).isFile())
    throw new BadOutput(`${option}: ${file} is no file: name a file, which may be there already or not.`);
  try {
    writing(output, () => writeFileSync(partOf(output), ''));
  } finally {
    rmSync(partOf(output), { force: true });
  }
}

/** Writes each beside its name first, so that a run that fails leaves nothing half-written. */
function writeAll(outputs: readonly (readonly [Output, readonly unknown[]])[]): void {
  try {
    for (const [output, lines] of outputs)
      writing(output, () =>
        writeFileSync(partOf(output), lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
      );
    for (const [output, lines] of outputs) {
      writing(output, () => renameSync(partOf(output), output.file));
      process.stdout.write(`${lines.length} lines: ${output.file}\n`);
    }
  } finally {
    for (const [output] of outputs) rmSync(partOf(output), { force: true });
  }
}

function writing(output: Output, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadOutput(`${output.option}: ${output.file} cannot be written (${code}).`);
  }
}

function argumentsGiven(): { experts: string; openings: string } | undefined {
  try {
    const text = { type: 'string' } as const;
    const { experts, openings } = parseArgs({ options: { experts: text, openings: text } }).values;
    if (experts !== undefined && openings !== undefined) return { experts, openings };
    process.stderr.write(`Name both files.\n\n${USAGE}`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  process.exitCode = 2;
  return undefined;
}

startOrSay('export', main);
