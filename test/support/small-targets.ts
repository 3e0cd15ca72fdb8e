/** Which controls that can be seen are smaller than a thumb needs: 44 x 44 CSS pixels, with the words that belong to them. */
import type { Page } from 'playwright-core';

/** A line each. */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    /** Rounding of what is laid out in parts of a pixel. */
    const least = 43.5;
    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
    const parentOf = (one: Node): Node | null => (one instanceof ShadowRoot ? one.host : one.parentNode);
    const isInert = (one: Node | null): boolean =>
      one !== null && ((one instanceof Element && one.matches('[inert]')) || isInert(parentOf(one)));
    const all = within(document.body);
    const modal = all.find((one) => one.matches('dialog:modal'));
    const isIn = (one: Node | null, outer: Element): boolean =>
      one !== null && (one === outer || isIn(parentOf(one), outer));
    return all
      .filter((one) => one.matches('button, a[href], select, summary, input, [role="option"], [role="gridcell"]'))
      .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((one) => !isInert(one) && (!modal || isIn(one, modal)))
      .flatMap((one) => {
        const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
        if (width >= least && height >= least) return [];
        const text = (one.getAttribute('aria-label') ?? one.textContent).replace(/\s+/g, ' ').trim().slice(0, 40);
        return [`${one.localName}${one.id && `#${one.id}`} "${text}": ${width.toFixed()} x ${height.toFixed()}`];
      });
  });
}
