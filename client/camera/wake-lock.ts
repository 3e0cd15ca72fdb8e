/** Keeps the screen on while a camera is looked through. Browsers let go by themselves when the page is hidden. */

export class WakeLock {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;

  async hold(wanted: boolean): Promise<void> {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (!wanted) {
      const lock = this.#lock;
      this.#lock = undefined;
      await lock?.release();
      return;
    }
    // Browsers without it leave it out, whatever its type says; one that is short of power refuses. The camera goes on.
    const locks = navigator.wakeLock as Navigator['wakeLock'] | undefined;
    const lock = await locks?.request('screen').catch(() => undefined);
    // The wish may have changed meanwhile.
    if (this.#wanted) this.#lock = lock;
    else await lock?.release();
  }
}
