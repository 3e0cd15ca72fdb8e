/** Where the test runner leaves its report in JSON. */
import { join } from 'node:path';
import { root } from './root.mjs';

export const testReport = join(root, 'node_modules', '.cache', 'occhio', 'tests.json');
