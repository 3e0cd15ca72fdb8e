/** The page that explains how to trust this hub, and the certificate that it speaks of, as the router serves them. */
import type { IncomingMessage } from 'node:http';
import type { Certificates } from '../certs/certificates.ts';
import {
  authorityContentType,
  authorityPath,
  trustLanguage,
  trustPage,
  trustPageSecurityPolicy,
} from '../certs/trust-page.ts';
import type { Answer } from './net/router.ts';

export function trustPages({
  authorityDer,
  fingerprint,
}: Certificates): ReadonlyMap<string, (request: IncomingMessage) => Answer> {
  return new Map<string, (request: IncomingMessage) => Answer>([
    [
      '/trust',
      (request) => ({
        contentType: 'text/html; charset=utf-8',
        headers: { 'Content-Security-Policy': trustPageSecurityPolicy },
        body: trustPage({
          language: trustLanguage({
            lang: new URL(request.url ?? '/', 'http://localhost').searchParams.get('lang'),
            acceptLanguage: request.headers['accept-language'] ?? '',
          }),
          fingerprint,
          userAgent: request.headers['user-agent'] ?? '',
        }),
      }),
    ],
    [authorityPath, () => ({ contentType: authorityContentType, body: authorityDer })],
  ]);
}
