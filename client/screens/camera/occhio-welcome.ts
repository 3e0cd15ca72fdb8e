/** Before there is a picture: one button that asks for the camera, words for each refusal, and the ways without one. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SourceProblem } from '../../camera/frame-source.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { problemText } from '../../elements/words.ts';
import { CameraActionEvent, PictureEvent } from './events.ts';

@customElement('occhio-welcome')
export class OcchioWelcome extends OcchioElement {
  @property({ attribute: false }) problem: SourceProblem | null = null;
  @query('input') private readonly file!: HTMLInputElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--space-4);
        padding: calc(env(safe-area-inset-top) + 72px) var(--space-4) var(--space-6);
        overflow-y: auto;
        background: radial-gradient(circle at 50% 30%, var(--surface), var(--ground) 70%);
        text-align: center;
      }
      img {
        width: 112px;
        height: 112px;
      }
      h2 {
        font: 740 clamp(2rem, 1.4rem + 3vw, 3.25rem) / 1.05 var(--font);
        letter-spacing: -0.03em;
      }
      .tagline {
        color: var(--ink-soft);
        font-size: var(--text-large);
      }
      .primary {
        width: min(100%, 420px);
        min-height: 56px;
        margin-block: var(--space-4) var(--space-2);
        padding-inline: var(--space-8);
        border-radius: 999px;
        font-size: var(--text-large);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-3);
        width: min(100%, 420px);
      }
      .ways button {
        flex: 1 1 auto;
        padding-inline: var(--space-3);
        border: 1px solid var(--line);
        border-radius: 999px;
        background: var(--surface);
      }
      @media (max-height: 640px) {
        :host {
          gap: var(--space-2);
        }
        img {
          width: 72px;
          height: 72px;
        }
      }
      @media (max-height: 460px) {
        img {
          display: none;
        }
      }
      @media (max-width: 359px) {
        .primary {
          padding-inline: var(--space-4);
        }
      }
      .problem {
        max-width: 36ch;
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--warn);
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<img src="/icon.svg" alt="" />
      <h2>${messages.appName}</h2>
      <p class="tagline">${messages.tagline}</p>
      ${this.problem ? html`<p class="problem" role="alert">${problemText(this.problem, messages)}</p>` : nothing}
      <button
        class="primary"
        id="start"
        @click=${() => {
          this.dispatchEvent(new CameraActionEvent('start-camera'));
        }}
      >
        ${this.problem ? messages.startCamera : messages.pointAtSomething}
      </button>
      <div class="ways">
        <button
          @click=${() => {
            this.file.click();
          }}
        >
          ${messages.choosePicture}
        </button>
        <button
          @click=${() => {
            this.dispatchEvent(new CameraActionEvent('start-demo'));
          }}
        >
          ${messages.showDemo}
        </button>
      </div>
      <input type="file" accept="image/*" aria-label=${messages.choosePicture} hidden @change=${this.#choose} />`;
  }

  readonly #choose = (): void => {
    const [file] = this.file.files ?? [];
    if (file) this.dispatchEvent(new PictureEvent(file));
    this.file.value = '';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-welcome': OcchioWelcome;
  }
}
