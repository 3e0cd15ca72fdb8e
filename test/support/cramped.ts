/** What on a page has too little room: pages and texts wider than their place, and what cannot be tapped because something lies above. */
import type { Page } from 'playwright-core';

/** A line each, of what can be seen without opening anything. It scrolls the page. */
export function whatIsCramped(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    /** Rounding of what is laid out in parts of a pixel. */
    const slackPx = 1;
    /** How far inside its edge a control is tapped. */
    const insetPx = 3;
    const controls = 'button, a[href], select, summary, input, textarea';

    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
    const parentOf = (one: Node): Node | null =>
      one instanceof Element && one.assignedSlot
        ? one.assignedSlot
        : one instanceof ShadowRoot
          ? one.host
          : one.parentNode;
    const around = (one: Node): Element[] => {
      const parent = parentOf(one);
      return parent === null ? [] : [...(parent instanceof Element ? [parent] : []), ...around(parent)];
    };
    const modal = within(document).find((one) => one.matches('dialog:modal'));
    /** For screen readers only: a pixel that is cut out. */
    const isTiny = (one: Element): boolean => one.clientWidth <= 1 && one.clientHeight <= 1;
    const isMet = (one: Element): boolean => {
      const outer = [one, ...around(one)];
      return (
        one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        !outer.some(
          (other) =>
            other.matches('[inert]') || (other instanceof HTMLElement && other.offsetParent !== null && isTiny(other)),
        ) &&
        (!modal || outer.includes(modal))
      );
    };
    const seen = within(document.body).filter((one) => one instanceof HTMLElement && isMet(one)) as HTMLElement[];
    const named = (one: Element): string => {
      const [host] = around(one).filter(({ tagName }) => tagName.includes('-'));
      const text = (one.getAttribute('aria-label') ?? one.textContent).replace(/\s+/g, ' ').trim().slice(0, 60);
      return `${host?.localName ?? ''} ${one.localName}${one.id && `#${one.id}`} "${text}"`;
    };
    const scrollsX = (one: Element): boolean => /auto|scroll/.test(getComputedStyle(one).overflowX);
    /** What is meant to scroll sideways can be reached with the keyboard. */
    const isMeantTo = (one: Element): boolean => scrollsX(one) && one.matches('[tabindex="0"]');
    const hasOwnText = (one: Element): boolean =>
      [...one.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');

    const wide = [document.documentElement, ...seen.filter((one) => scrollsX(one) && !isMeantTo(one))]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => `scrolls sideways: ${named(one)}: ${String(one.scrollWidth)} of ${String(one.clientWidth)}`);

    const cut = seen
      .filter((one) => {
        const { overflowX, overflowY, textOverflow, display } = getComputedStyle(one);
        if (textOverflow === 'ellipsis' || display === 'inline' || one.textContent.trim() === '' || isTiny(one))
          return false;
        const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
        const sideways = one.scrollWidth > one.clientWidth + slackPx && (hides(overflowX) || one.matches(controls));
        return sideways || (hides(overflowY) && one.scrollHeight > one.clientHeight + slackPx);
      })
      .map(
        (one) =>
          `cuts its text: ${named(one)}: ${String(one.scrollWidth)} x ${String(one.scrollHeight)} of ${String(one.clientWidth)} x ${String(one.clientHeight)}`,
      );

    const outside = seen
      .filter((one) => {
        if (!hasOwnText(one) || around(one).some(isMeantTo)) return false;
        const range = document.createRange();
        range.selectNodeContents(one);
        const { left, right } = range.getBoundingClientRect();
        const ellipsis = [one, ...around(one)].some((other) => getComputedStyle(other).textOverflow === 'ellipsis');
        return !ellipsis && (left < -slackPx || right > innerWidth + slackPx);
      })
      .map((one) => `leaves the page: ${named(one)}`);

    const hit = (x: number, y: number, root: Document | ShadowRoot = document): Element | null => {
      const found = root.elementFromPoint(x, y);
      return found?.shadowRoot && found.shadowRoot !== root ? hit(x, y, found.shadowRoot) : found;
    };
    const covered = seen
      .filter((one) => one.matches(controls) && !one.matches(':disabled'))
      .flatMap((one) => {
        one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const label = one.closest('label');
        const above = [
          [x, y],
          [left + insetPx, y],
          [right - insetPx, y],
          [x, top + insetPx],
          [x, bottom - insetPx],
        ]
          .map(([atX = 0, atY = 0]) => hit(atX, atY))
          .find((found) => !found || ![found, ...around(found)].some((other) => other === one || other === label));
        return above === undefined ? [] : [`cannot be tapped: ${named(one)} below ${above ? named(above) : 'nothing'}`];
      });
    return [...wide, ...cut, ...outside, ...covered];
  });
}
