/** Puts the page into the theme that its owner chose, and the browser's own bars with it. */
import type { Theme } from '../storage/settings.ts';

export function wearTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  // The page has one such colour for each theme (index.html).
  for (const colour of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = colour.dataset['theme'];
    colour.media = theme === 'system' ? `(prefers-color-scheme: ${String(own)})` : theme === own ? 'all' : 'not all';
  }
}
