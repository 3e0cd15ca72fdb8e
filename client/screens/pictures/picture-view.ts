/** A picture as large as there is room, fetched when it comes into view. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SampleId } from '../../../protocol/ids.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { LoadJpeg } from './picture-url-controller.ts';
import { PictureUrlController } from './picture-url-controller.ts';
import { picturesWords } from './words.ts';

@customElement('picture-view')
export class PictureView extends OcchioElement {
  @property({ attribute: false }) picture!: Picture; // set by the one who shows it
  /** Set once. */
  load!: LoadJpeg;
  readonly #url = new PictureUrlController(this);

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
        overflow: hidden;
        aspect-ratio: 1;
        border-radius: var(--radius);
        background: var(--raised);
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
    `,
  ];

  /** For the one who fetches the picture. */
  get sample(): SampleId {
    return this.picture.sample;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#url.url === null) return nothing;
    return html`<img src=${this.#url.url} alt=${picturesWords().picture} />`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-view': PictureView;
  }
}
