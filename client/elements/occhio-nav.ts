/** The way between the screens: a bar at the bottom of a phone, a rail at the side of a wide window. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Place } from '../screens/screens.ts';
import { OcchioElement } from './occhio-element.ts';

@customElement('occhio-nav')
export class OcchioNav extends OcchioElement {
  @property({ attribute: false }) places: readonly Place[] = [];
  /** The address of the screen that is shown. */
  @property() current = '';
  /** How many things wait at an address. */
  @property({ attribute: false }) waiting: ReadonlyMap<string, number> = new Map();

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        position: absolute;
        inset: auto 0 0;
        z-index: 1;
        display: block;
        height: var(--nav-below);
        border-block-start: 1px solid var(--line);
        background: var(--veil);
        backdrop-filter: blur(14px);
      }
      nav {
        display: flex;
        padding: 0 var(--space-1) env(safe-area-inset-bottom);
      }
      img {
        display: none;
      }
      a {
        position: relative;
        display: flex;
        flex: 1 1 auto;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 2px;
        min-width: var(--target);
        height: 60px;
        padding-inline: 2px;
        border-radius: var(--radius);
        color: var(--ink-soft);
        font: 560 0.6875rem / 1.2 var(--font);
        letter-spacing: -0.01em;
        text-decoration: none;
        touch-action: manipulation;
      }
      a:focus-visible {
        outline-offset: -3px;
      }
      .icon {
        position: relative;
        display: grid;
        place-items: center;
        width: 52px;
        max-width: 100%;
        height: 28px;
        border-radius: 999px;
      }
      a:hover .icon {
        background: var(--raised);
      }
      a[aria-current] {
        color: var(--ink);
      }
      a[aria-current] .icon {
        background: var(--iris);
        color: var(--on-iris);
      }
      .name {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      b {
        position: absolute;
        inset: -3px 2px auto auto;
        min-width: 18px;
        padding: 0 5px;
        border-radius: 999px;
        background: var(--ink);
        box-shadow: 0 0 0 2px var(--ground);
        color: var(--ground);
        font: 700 0.6875rem / 18px var(--font);
        text-align: center;
      }
      @media (max-width: 359px) {
        a {
          padding-inline: 0;
          font-size: 0.625rem;
          letter-spacing: -0.03em;
        }
        .icon {
          width: var(--target);
        }
      }
      @media (forced-colors: active) {
        a[aria-current] .icon {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
      @media (min-width: 900px), (min-width: 600px) and (orientation: landscape) {
        :host {
          inset: 0 auto 0 0;
          width: var(--nav-beside);
          height: auto;
          border-block-start: 0;
          border-inline-end: 1px solid var(--line);
          background: var(--ground);
          overflow-y: auto;
        }
        nav {
          flex-direction: column;
          gap: var(--space-1);
          padding: var(--space-3) 6px var(--space-3) calc(env(safe-area-inset-left) + 6px);
        }
        a {
          flex: none;
          height: 54px;
        }
      }
      @media (min-width: 900px) and (min-height: 560px) {
        img {
          display: block;
          width: 44px;
          height: 44px;
          margin: var(--space-1) auto var(--space-4);
        }
        a {
          height: 64px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<nav aria-label=${this.locale.messages.screens}>
      <img src="/icon.svg" alt="" />${this.places.map((place) => this.#link(place))}
    </nav>`;
  }

  #link({ address, icon, name }: Place) {
    const waiting = this.waiting.get(address) ?? 0;
    return html`<a href=${address} aria-current=${address === this.current ? 'page' : nothing}
      ><span class="icon">${icon}${waiting > 0 ? html`<b>${waiting}</b>` : nothing}</span>
      <span class="name">${name(this.locale.messages)}</span></a
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-nav': OcchioNav;
  }
}
