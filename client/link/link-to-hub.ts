/** This page's link to the hub that served it: where the socket leads, and what it says hello with. */
import { homeRoom, newDeviceId } from '../../protocol/ids.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';
import { minimumProtocolVersion, protocolVersion } from '../../protocol/version.ts';
import type { SettingsStore } from '../storage/settings.ts';
import { comesAsNew, credentialFor, pairingTokenIn } from './credential.ts';
import { deviceNameIn } from './device-name.ts';
import type { LinkParts } from './link.ts';
import { Link } from './link.ts';

/** Takes the pairing token out of the page's address: it works once and does not belong into a bookmark. */
export function linkToHub(settings: SettingsStore, after: LinkParts['after']): Link {
  let token = pairingTokenIn(location.hash);
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  const address = new URL('/link', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const name = (): string => settings.state.peek().deviceName ?? deviceNameIn(navigator.userAgent);
  let said = name();
  const link = new Link({
    openSocket: () => new WebSocket(address),
    hello() {
      const { device, secret, models } = settings.state.peek();
      said = name();
      return {
        type: 'hello',
        version: protocolVersion,
        minimumVersion: minimumProtocolVersion,
        device,
        deviceName: said,
        room: homeRoom,
        credential: credentialFor(token, secret),
        holds: models.map(({ hash }) => hash),
      };
    },
    random: () => Math.random(),
    after,
  });
  const refused = async (code: RefusalCode): Promise<void> => {
    if (token === undefined || !comesAsNew(code, settings.state.peek().secret)) return;
    await settings.write('secret', null);
    await settings.write('device', newDeviceId());
    link.retry();
  };
  link.onMessage((message) => {
    if (message.type === 'welcome') token = undefined;
    else if (message.type === 'refusal' && message.of.kind === 'connection') void refused(message.code);
  });
  // A device says its name when it says hello.
  settings.state.subscribe(() => {
    if (!link.isOpen.peek() || name() === said) return;
    link.stop();
    link.retry();
  });
  return link;
}
