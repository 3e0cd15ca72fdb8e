/** Keys as words: calls what a key stands for, unless someone is typing or a dialog is open. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** By `KeyboardEvent.key`, letters in lower case; `Escape` works while typing, too. */
export type Keymap = Readonly<Record<string, () => void>>;

export class KeysController implements ReactiveController {
  readonly #keymap: Keymap;
  readonly #listening: () => boolean;

  /** While `listening` says no, keys are left to others. */
  constructor(host: ReactiveControllerHost, keymap: Keymap, listening: () => boolean = () => true) {
    this.#keymap = keymap;
    this.#listening = listening;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#press);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#press);
  }

  readonly #press = (event: KeyboardEvent): void => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const undo = (event.ctrlKey || event.metaKey) && key === 'z';
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const meant = undo ? this.#keymap['u'] : modified ? undefined : this.#keymap[key];
    if (!meant || !this.#listening() || event.defaultPrevented || isTaken(event, key)) return;
    event.preventDefault();
    meant();
  };
}

/** Whether the key belongs to what has the focus: text to a field, Enter and Space to a button, Enter to a link. */
function isTaken(event: KeyboardEvent, key: string): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog')) return true;
  if (key === 'Escape') return false;
  if (target.matches('input:not([type=checkbox]), select, textarea')) return true;
  return (
    (key === 'Enter' && target.matches('a')) || ((key === 'Enter' || key === ' ') && target.matches('button, input'))
  );
}
