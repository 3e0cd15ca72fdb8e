import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { trustLanguage, trustPage, trustPageSecurityPolicy } from '../../certs/trust-page.ts';
import { trustTexts } from '../../certs/trust-texts.ts';

const fingerprint = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, '0').toUpperCase()).join(':');

describe('the trust page', () => {
  test.each(['en', 'it'] as const)(
    'offers the certificate, its fingerprint and the steps of every system in %s',
    (language) => {
      const page = trustPage({ language, fingerprint, userAgent: '' });
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toContain('href="/trust/occhio-ca.crt"');
      expect(
        page
          .match(/<code>([^<]*)<\/code>/g)
          ?.join(' ')
          .replaceAll(/<[^>]*>/g, ''),
      ).toBe(fingerprint.replaceAll(':', ' '));
      for (const system of trustTexts[language].systems) {
        expect(page).toContain(system.name);
        for (const step of system.steps) expect(page).toContain(step);
      }
      expect(page).toContain(`href="?lang=${language === 'en' ? 'it' : 'en'}"`);
    },
  );

  test('says the same things in both languages', () => {
    const outline = (language: 'en' | 'it') => trustTexts[language].systems.map(({ id, steps }) => [id, steps.length]);
    expect(outline('it')).toEqual(outline('en'));
  });

  test.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1', 'iPhone and iPad'],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15', 'Mac'],
    ['Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0', 'Linux and Firefox'],
  ])('unfolds only the steps of the system that asks: %s', (userAgent, name) => {
    const page = trustPage({ language: 'en', fingerprint, userAgent });
    expect(page.match(/<details open>/g)).toHaveLength(1);
    expect(page).toContain(`<details open><summary>${name}</summary>`);
  });

  test('needs nothing that its own security policy forbids', () => {
    const page = trustPage({ language: 'en', fingerprint, userAgent: '' });
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    expect(trustPageSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(page).not.toMatch(/<script|style="|src=|@import|url\(/);
  });

  test.each([
    [null, 'it-IT,it;q=0.9,en;q=0.8', 'it'],
    [null, 'en;q=0.3, it;q=0.7', 'it'],
    [null, 'de, it;q=0', 'en'],
    [null, '', 'en'],
    ['it', 'en', 'it'],
    ['en', 'it', 'en'],
    ['__proto__', 'it', 'it'],
  ] as const)('asked with ?lang=%s and Accept-Language %s answers in %s', (lang, acceptLanguage, language) => {
    expect(trustLanguage({ lang, acceptLanguage })).toBe(language);
  });
});
