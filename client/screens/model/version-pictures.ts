/** Pictures that a version put right, or got wrong: as many as a glance takes in, and how many more there are. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SampleId } from '../../../protocol/ids.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { LoadJpeg } from '../pictures/picture-url-controller.ts';
import '../pictures/picture-view.ts';
import { ModelPart } from './model-part.ts';

/** Three rows on a phone. */
const mostShown = 12;

@customElement('version-pictures')
export class VersionPictures extends ModelPart {
  @property() heading = '';
  @property({ attribute: false }) samples: readonly SampleId[] = [];
  /** All that are known; those that were deleted are not. */
  @property({ attribute: false }) pictures: readonly Picture[] = [];
  /** Set once. */
  load!: LoadJpeg;

  static override styles = [
    ModelPart.styles,
    css`
      :host {
        gap: var(--space-2);
        margin-block: var(--space-4) var(--space-2);
      }
      h3 {
        margin: 0;
        font: 620 var(--text) / 1.3 var(--font);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(68px, 1fr));
        gap: var(--space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        min-width: 0;
      }
      li p {
        display: -webkit-box;
        overflow: hidden;
        padding-block-start: 2px;
        font-size: 0.75rem;
        line-height: 1.25;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (this.samples.length === 0) return nothing;
    const samples = new Set(this.samples);
    const shown = this.pictures
      .flatMap((picture) => {
        const label = picture.said?.label;
        return samples.has(picture.sample) && typeof label === 'string' ? [{ picture, label }] : [];
      })
      .slice(0, mostShown);
    const more = samples.size - shown.length;
    return html`<h3>${this.heading}</h3>
      <ul>
        ${repeat(
          shown,
          ({ picture }) => picture.sample,
          ({ picture, label }) =>
            html`<li>
              <picture-view .picture=${picture} .load=${this.load}></picture-view>
              <p>${this.name(label)}</p>
            </li>`,
        )}
      </ul>
      ${more > 0 ? html`<p class="soft">${this.#rest(shown.length, more)}</p>` : nothing}`;
  }

  #rest(shown: number, more: number): string {
    if (shown === mostShown) return this.words.morePictures(more);
    return this.words.unknownPictures(more);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'version-pictures': VersionPictures;
  }
}
