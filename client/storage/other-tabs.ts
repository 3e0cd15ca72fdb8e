/** What the app's other tabs are told, and what they tell. */

export type OtherTabs<Message> = {
  tell(message: Message): void;
  /** Calls `listener` with everything that another tab tells from now on. */
  listen(listener: (message: Message) => void): void;
};

/** By a channel of the browser, which reaches tabs of this site alone: what comes is what a tab like this one told. */
export function otherTabs<Message>(name: string): OtherTabs<Message> {
  const channel = new BroadcastChannel(name);
  return {
    tell(message) {
      channel.postMessage(message);
    },
    listen(listener) {
      channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        listener(data);
      });
    },
  };
}
