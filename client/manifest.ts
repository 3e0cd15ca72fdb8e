/** What the installed app is called and looks like. */
import type { ManifestOptions } from 'vite-plugin-pwa';
import { sharedField, sharePath } from './camera/shared-picture.ts';

const icon = { src: '/icon-192.png', sizes: '192x192', type: 'image/png' };

const screenshot = (name: string, sizes: string, label: string) => ({
  src: `/screenshots/${name}.png`,
  sizes,
  type: 'image/png',
  form_factor: sizes === laptop ? ('wide' as const) : ('narrow' as const),
  label,
});
const phone = '780x1688';
const laptop = '1440x900';

export const manifest = {
  id: '/',
  name: 'Occhio',
  short_name: 'Occhio',
  description: 'A camera that learns from its owner.',
  lang: 'en',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#15130f',
  theme_color: '#15130f',
  categories: ['education', 'photo', 'utilities'],
  // Made by test/e2e/screenshots.test.ts; `screenshots-plugin.ts` puts them beside the app.
  screenshots: [
    screenshot('camera-phone', phone, 'What it is, live'),
    screenshot('correct-phone', phone, 'Two taps correct it'),
    screenshot('pictures-phone', phone, 'Everything that was kept'),
    screenshot('camera-laptop', laptop, 'What it is, live'),
    screenshot('model-laptop', laptop, 'What it has learned, and whether that is enough'),
  ],
  shortcuts: [
    { name: 'Questions', url: '/#/questions', icons: [icon] },
    { name: 'Pictures', url: '/#/pictures', icons: [icon] },
    { name: 'Model', url: '/#/model', icons: [icon] },
  ],
  share_target: {
    action: sharePath,
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: sharedField, accept: ['image/*'] }] },
  },
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { ...icon, purpose: 'any' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
} satisfies Partial<ManifestOptions>;
