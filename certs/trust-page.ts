/** The page under /trust: how to make a device trust this hub. Whole in itself: no script, no other file but the certificate. */
import { createHash } from 'node:crypto';
import type { TrustLanguage, TrustSystem } from './trust-texts.ts';
import { trustTexts } from './trust-texts.ts';

/** Where the page expects the authority's certificate, DER, and the type with which phones offer to install it. */
export const authorityPath = '/trust/occhio-ca.crt';
export const authorityContentType = 'application/x-x509-ca-cert';

/**
 * The HTML of the page. `fingerprint` is that of `Certificates`; the steps for the system that `userAgent` names come
 * unfolded, the others folded.
 */
export function trustPage(options: {
  readonly language: TrustLanguage;
  readonly fingerprint: string;
  readonly userAgent: string;
}): string {
  const texts = trustTexts[options.language];
  const current = systemOf(options.userAgent);
  return `<!doctype html>
<html lang="${options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title} · Occhio</title>
<style>${style}</style>
</head>
<body>
<header><a class="brand" href="/">Occhio</a><a href="?lang=${texts.otherLanguage.code}" hreflang="${texts.otherLanguage.code}" lang="${texts.otherLanguage.code}">${texts.otherLanguage.name}</a></header>
<main>
<h1>${texts.title}</h1>
<p class="lead">${texts.lead}</p>
<p><a class="button" href="${authorityPath}" download>${texts.download}</a></p>
<section>
<h2>${texts.fingerprintTitle}</h2>
<p>${texts.fingerprintHelp}</p>
<p class="fingerprint">${fingerprintLines(options.fingerprint)}</p>
</section>
<section>
<h2>${texts.stepsTitle}</h2>
${texts.systems.map((system) => systemSteps(system, system.id === current)).join('\n')}
</section>
<section>
<h2>${texts.undoTitle}</h2>
<p>${texts.undo}</p>
<p class="why">${texts.why}</p>
</section>
</main>
</body>
</html>
`;
}

/** The language to answer in: `lang` of the query if the page speaks it, else the first that Accept-Language prefers, else English. */
export function trustLanguage(request: {
  readonly lang: string | null;
  readonly acceptLanguage: string;
}): TrustLanguage {
  const ranked = request.acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((range) => range.language);
  return [request.lang, ...ranked].find(isTrustLanguage) ?? 'en';
}

function isTrustLanguage(value: string | null): value is TrustLanguage {
  return value !== null && Object.hasOwn(trustTexts, value);
}

function systemOf(userAgent: string): TrustSystem['id'] | undefined {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox|Linux|X11/.test(userAgent)) return 'linux';
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Macintosh/.test(userAgent)) return 'macos';
  return undefined;
}

function systemSteps(system: TrustSystem, open: boolean): string {
  const steps = system.steps.map((step) => `<li>${step}</li>`).join('');
  return `<details${open ? ' open' : ''}><summary>${system.name}</summary><ol>${steps}</ol></details>`;
}

/** Four rows of eight bytes, which the eye compares more surely than one long line. */
function fingerprintLines(fingerprint: string): string {
  const bytes = fingerprint.split(':').filter((byte) => /^[0-9A-F]{2}$/.test(byte));
  const rows = [0, 8, 16, 24].map((start) => bytes.slice(start, start + 8).join(' '));
  return rows.map((row) => `<code>${row}</code>`).join(' ');
}

const style = `
:root { --ink: #1c1a17; --soft: #6b655c; --paper: #faf7f2; --card: #ffffff; --line: #e5ded2; --accent: #a8451c; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2ede4; --soft: #a9a196; --paper: #161412; --card: #211e1b; --line: #3a3530; --accent: #ff9d6c; --on-accent: #2a1206; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
header, main { max-width: 42rem; margin: 0 auto; padding: 1.25rem; }
header { display: flex; justify-content: space-between; align-items: center; }
a { color: var(--accent); }
.brand { font-weight: 700; text-decoration: none; letter-spacing: 0.01em; }
h1 { font-size: clamp(2rem, 7vw, 3rem); line-height: 1.1; margin: 1rem 0; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; }
.lead { font-size: 1.1875rem; }
.why { color: var(--soft); font-size: 0.9375rem; }
.button { display: inline-block; padding: 0.875rem 1.5rem; border-radius: 0.75rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.fingerprint { display: grid; gap: 0.25rem; padding: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); font-size: clamp(0.8125rem, 3.6vw, 1.0625rem); }
code { font-family: ui-monospace, monospace; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); margin: 0.5rem 0; padding: 0 1rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.875rem 0; }
ol { margin: 0 0 1rem; padding-left: 1.25rem; }
li { margin: 0.5rem 0; }
`;

/** The Content-Security-Policy to send with the page: its own style and nothing else. */
export const trustPageSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
