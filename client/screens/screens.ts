/** The screens of the app. A new one is a folder and an entry here. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { icons } from '../elements/icons.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Session } from '../session.ts';

/** What the navigation shows of a screen. */
export type Place = {
  /** The hash of the page's address. */
  readonly address: string;
  readonly icon: TemplateResult;
  readonly name: (messages: Messages) => string;
};

/** A screen that lies above the camera. Its elements are fetched when it is first shown. */
export type Screen = Place & {
  readonly load: () => Promise<unknown>;
  readonly render: (session: Session) => TemplateResult;
};

/** It goes on below all others: what they show is what it sees. */
export const cameraPlace: Place = { address: '#/', icon: icons.camera, name: ({ camera }) => camera };

/** In the order of the navigation. */
export const screens: readonly Screen[] = [
  {
    address: '#/questions',
    icon: icons.questions,
    name: ({ questions }) => questions,
    load: () => import('./questions/occhio-questions.ts'),
    render: (session) => html`<occhio-questions class="screen" .session=${session}></occhio-questions>`,
  },
  {
    address: '#/pictures',
    icon: icons.pictures,
    name: ({ pictures }) => pictures,
    load: () => import('./pictures/occhio-pictures.ts'),
    render: (session) => html`<occhio-pictures class="screen" .session=${session}></occhio-pictures>`,
  },
  {
    address: '#/model',
    icon: icons.model,
    name: ({ model }) => model,
    load: () => import('./model/occhio-model.ts'),
    render: (session) => html`<occhio-model class="screen" .session=${session}></occhio-model>`,
  },
  {
    address: '#/inside',
    icon: icons.inside,
    name: ({ inside }) => inside,
    load: () => import('./inside/occhio-inside.ts'),
    render: (session) => html`<occhio-inside class="screen" .session=${session}></occhio-inside>`,
  },
  {
    address: '#/settings',
    icon: icons.settings,
    name: ({ settings }) => settings,
    load: () => import('./settings/occhio-settings.ts'),
    render: (session) => html`<occhio-settings class="screen" .session=${session}></occhio-settings>`,
  },
];
