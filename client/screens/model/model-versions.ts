/** The room's versions, newest first: what each learned, how it was judged, and the way back to it. */
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { History } from '../../../protocol/messages/history.ts';
import type { Report } from '../../../protocol/messages/report.ts';
import { verdictText } from '../../elements/words.ts';
import type { Wish } from '../../model/version-history.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { LoadJpeg } from '../pictures/picture-url-controller.ts';
import { PinEvent } from './events.ts';
import { ModelPart } from './model-part.ts';
import './version-pictures.ts';
import { versionsStyles } from './versions-styles.ts';

type Version = History['versions'][number];

@customElement('model-versions')
export class ModelVersions extends ModelPart {
  @property({ attribute: false }) history!: History;
  @property({ attribute: false }) wish: Wish = { kind: 'none' };
  /** Whether the hub is in reach. */
  @property({ type: Boolean }) linked = false;
  @property({ attribute: false }) pictures: readonly Picture[] = [];
  /** Set once. */
  load!: LoadJpeg;

  static override styles = [ModelPart.styles, versionsStyles];

  override render(): TemplateResult {
    const { words, wish, linked } = this;
    const { versions, current } = this.history;
    return html`<header>
        <h2>${words.versionsTitle}</h2>
        <p role="status" class="soft">
          ${wish.kind === 'asked' ? words.asking : wish.kind === 'refused' ? words.refusedWish : nothing}
        </p>
      </header>
      ${
        current.pinned
          ? html`<div class="pin">
              <p>${words.pinnedText(current.version)}</p>
              ${this.#wishButton(null, words.letGo)}
            </div>`
          : nothing
      }
      ${linked ? nothing : html`<p class="soft">${words.needsHub}</p>`}
      <ol>
        ${versions.map((version, i) => this.#version(version, i === 0))}
      </ol>`;
  }

  #version(version: Version, newest: boolean) {
    const { words } = this;
    const { report, createdAtMs, checked } = version;
    const verdict = report?.verdict ?? 'base';
    const refused = verdict === 'refused';
    const { current } = this.history;
    const isCurrent = !refused && version.version === current.version;
    return html`<li data-version=${version.version} data-verdict=${verdict} ?data-current=${isCurrent}>
      <details ?open=${newest}>
        <summary>
          <span class="name">${(refused ? words.candidate : words.version)(version.version)}</span>
          ${isCurrent ? html`<span class="badge live">${current.pinned ? words.pinned : words.current}</span>` : nothing}
          <span class="badge ${verdict}">${words.verdict[verdict]}</span>
          <span class="soft">
            <time datetime=${new Date(createdAtMs).toISOString()}>${this.#when(createdAtMs)}</time>${
              checked ? ` · ${words.checkedValue(checked.rightBefore, checked.rightAfter, checked.n)}` : nothing
            }
          </span>
        </summary>
        <p>${report ? verdictText(report, (label) => this.name(label), this.locale.messages) : words.baseText}</p>
        ${report ? this.#facts(version, report) : nothing}
        ${refused || isCurrent ? nothing : this.#wishButton(version.version, words.use(version.version))}
      </details>
    </li>`;
  }

  #facts({ checked }: Version, report: Report) {
    const { words } = this;
    const fact = (name: string, value: string) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
    return html`<dl>
        ${fact(words.corrections, this.number(report.corrections))}
        ${
          checked
            ? fact(words.checked, words.checkedValue(checked.rightBefore, checked.rightAfter, checked.n))
            : nothing
        }
        ${fact(words.fixed, this.number(report.fixes.length))} ${fact(words.broken, this.number(report.breaks.length))}
        ${fact(words.push, this.#unit(report.deltaBytes / 1000, 'kilobyte'))}
        ${fact(words.took, this.#unit(report.seconds, 'second'))}
      </dl>
      ${this.#pictures(words.fixed, report.fixes)} ${this.#pictures(words.broken, report.breaks)}
      <details>
        <summary>${words.hubWords}</summary>
        ${report.reasons.map((reason) => html`<p class="soft" lang="en">${reason}</p>`)}
      </details>`;
  }

  #pictures(heading: string, samples: Report['fixes']) {
    return html`<version-pictures
      heading=${heading}
      .samples=${samples}
      .pictures=${this.pictures}
      .load=${this.load}
    ></version-pictures>`;
  }

  #wishButton(version: number | null, text: string) {
    return html`<button
      ?disabled=${!this.linked || this.wish.kind === 'asked'}
      @click=${() => {
        this.dispatchEvent(new PinEvent(version));
      }}
    >
      ${text}
    </button>`;
  }

  #when(ms: number): string {
    return new Intl.DateTimeFormat(this.locale.language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
  }

  #unit(value: number, unit: 'kilobyte' | 'second'): string {
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return new Intl.NumberFormat(this.locale.language, { style: 'unit', unit, maximumFractionDigits }).format(value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-versions': ModelVersions;
  }
}
