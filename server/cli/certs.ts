/** `occhio certs`: makes or renews the certificates and says how devices come to trust them. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Certificates } from '../../certs/certificates.ts';
import { CorruptCertificateError, defaultCertificatesFolder, ensureCertificates } from '../../certs/certificates.ts';
import { lanAddresses, lanHostnames } from '../../certs/lan-addresses.ts';
import { BadInput } from '../bad-input.ts';

export function certsCommand(): Command {
  return new Command('certs')
    .description('Makes or renews the certificates of this hub, and prints how to trust them.')
    .option('--dir <folder>', 'where the certificates lie', defaultCertificatesFolder)
    .action(async (options: { readonly dir: string }) => {
      const dir = resolve(options.dir);
      const certificates = await ensure(dir);
      process.stdout.write(report(dir, certificates));
    });
}

async function ensure(dir: string): Promise<Certificates> {
  try {
    return await ensureCertificates(dir, { addresses: lanAddresses(), hostnames: lanHostnames(), now: new Date() });
  } catch (error) {
    if (error instanceof CorruptCertificateError) throw new BadInput(error.message, { cause: error });
    if (error instanceof Error && 'code' in error)
      throw new BadInput(`${dir} should be a folder that can be written: ${error.message}.`, { cause: error });
    throw error;
  }
}

const whatWasDone: Readonly<Record<'new' | 'addresses' | 'expiry', string>> = {
  new: 'New certificates were made.',
  addresses:
    'The hub’s certificate was renewed, because this computer has other addresses now. Devices trust it as before.',
  expiry: 'The hub’s certificate was renewed, because it was about to end. Devices trust it as before.',
};

function report(dir: string, certificates: Certificates): string {
  const { renewed, names, validUntil, fingerprint } = certificates;
  return `${renewed === false ? 'The certificates are up to date.' : whatWasDone[renewed]}

Folder       ${dir}
Valid for    ${names.join(', ')}
Valid until  ${validUntil.toISOString().slice(0, 10)}
Fingerprint  ${rows(fingerprint).join('\n             ')}

On this computer nothing has to be trusted: http://localhost is safe by itself.
On a phone, open the address that \`npm start\` prints with /trust after it, compare the fingerprint, and follow the steps.
`;
}

/** The fingerprint in the four rows in which the trust page shows it. */
function rows(fingerprint: string): readonly string[] {
  const bytes = fingerprint.split(':');
  return [0, 8, 16, 24].map((start) => bytes.slice(start, start + 8).join(' '));
}
