// Every rule of tools/mutants/rules.mjs stands in its file, once, and its named test is there.
import { existsSync, readFileSync } from 'node:fs';
import { RULES } from '../mutants/rules.mjs';

const textOf = (file) => {
  const url = new URL(`../../${file}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
};
const faults = RULES.flatMap(({ rule, file, take, test, title, why }) => [
  ...(textOf(file).split(take).length === 2 ? [] : [`${rule}: its text does not stand once in ${file}`]),
  ...(textOf(test).includes(title) ? [] : [`${rule}: its test is not in ${test}`]),
  ...(why.length > 20 ? [] : [`${rule}: why does it matter?`]),
]);
if (RULES.length < 10) faults.push(`there are ${RULES.length} rules, and at least ten are kept`);
for (const fault of faults) console.error(fault);
console.log(`${RULES.length} rules`);
process.exit(faults.length === 0 ? 0 : 1);
