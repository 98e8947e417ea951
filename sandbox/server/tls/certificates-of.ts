/** Which certificate the server has: the host's own files, or one of the course's own authority. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificates, whyUnusable, type Certificates } from './certificates.ts';
import { machineNames } from './machine-names.ts';

interface Source {
  /** Files of the host's own, in PEM form. */
  certificate?: { cert: string; key: string };
  /** The data folder, which keeps the authority. */
  data?: string;
}

/**
 * Null without a data folder and files.
 * @throws Error that names the files if they can't be used
 */
export async function certificatesOf({ certificate, data }: Source): Promise<Certificates | null> {
  if (!certificate) return data ? certificates(join(data, 'tls'), machineNames()) : null;
  const files = [certificate.cert, certificate.key];
  try {
    const [cert, key] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const why = whyUnusable({ cert: cert!, key: key! });
    if (why) throw new Error(why);
    return { ca: null, cert: cert!, key: key! };
  } catch (cause) {
    throw new Error(
      `${files.join(' and ')} can't be used (${(cause as Error).message}). --cert names a certificate in PEM form, --key its key.`,
      { cause },
    );
  }
}
