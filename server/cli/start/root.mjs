/** The checkout: where package.json lies, whatever folder the person is in. */
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
