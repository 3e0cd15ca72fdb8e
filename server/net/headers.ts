/** What every answer says to the browser about safety. */
import type { IncomingMessage } from 'node:http';
import { hostOf } from './origin.ts';

/** Headers of every answer. Cross-origin isolation lets the app run WebAssembly in threads. */
export function securityHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(request),
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

function contentSecurityPolicy(request: IncomingMessage): string {
  const host = hostOf(request);
  // 'self' covers the socket in new browsers; Safari before 15.4 wants it named.
  const link = host ? ` ${host.protocol === 'https:' ? 'wss' : 'ws'}://${host.host}` : '';
  return [
    "default-src 'none'",
    // tfjs' WebAssembly backend starts its threads from a blob that it writes itself.
    "script-src 'self' 'wasm-unsafe-eval' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${link}`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
