// Checks the import directions. A cruise that sees no modules has checked nothing, and fails.
import '../start/help.mjs';
import { cruiseTree } from './cruise.mjs';
import { ROOT } from '../install.mjs';

const LEAST_MODULES = 100;
const { violations, count } = cruiseTree(ROOT, ['apps', 'packages']);
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);
console.log(`${count} modules, ${violations.length} violations`);
process.exit(violations.length === 0 && count >= LEAST_MODULES ? 0 : 1);
