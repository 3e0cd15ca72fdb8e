/** The addresses and names under which other devices in the same network reach this machine. */
import type { NetworkInterfaceInfo } from 'node:os';
import { hostname, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Every non-loopback IPv4 and IPv6 address, IPv4 first. Link-local IPv6 is left out: no URL can name it without a zone. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): readonly string[] {
  const infos = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter((info) => !info.internal && !info.address.toLowerCase().startsWith('fe80:'));
  const ofFamily = (family: 'IPv4' | 'IPv6'): string[] =>
    infos.filter((info) => info.family === family).map((info) => info.address);
  return [...new Set([...ofFamily('IPv4'), ...ofFamily('IPv6')])];
}

/** The machine's name as the network may know it: `name` and, for mDNS, `name.local`. Empty if the name is no DNS name. */
export function lanHostnames(machineName: string = hostname()): readonly string[] {
  const name = machineName.toLowerCase().replace(/\.$/, '');
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name) || name.length > 240) return [];
  return name.endsWith('.local') ? [name.slice(0, -'.local'.length), name] : [name, `${name}.local`];
}
