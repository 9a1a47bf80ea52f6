// Router configurations that send flows to a collector. `COLLECTOR` is for the reader to replace; the port is a real one.
import type { CollectorSocket } from '@/contract/types';

export type RouterKind = 'cisco' | 'juniper' | 'mikrotik' | 'linux';

/** The port of the first socket; 2055 where none is open yet. */
export const portOf = (sockets: readonly CollectorSocket[]): number => Number(/:(\d+)$/.exec(sockets[0]?.local ?? '')?.[1] ?? 2055);

export const recipes: Readonly<Record<RouterKind, (port: number) => string>> = {
  cisco: (port) => `flow exporter KULA
 destination COLLECTOR
 transport udp ${port}
 export-protocol ipfix
 template data timeout 60
 option sampler-table timeout 60
!
flow monitor KULA4
 exporter KULA
 cache timeout active 60
 record netflow ipv4 original-input
!
interface GigabitEthernet0/0/0
 ip flow monitor KULA4 input
 ip flow monitor KULA4 output`,
  juniper: (port) => `set services flow-monitoring version-ipfix template KULA4 ipv4-template
set services flow-monitoring version-ipfix template KULA4 flow-active-timeout 60
set services flow-monitoring version-ipfix template KULA4 template-refresh-rate seconds 60
set forwarding-options sampling instance KULA input rate 1000
set forwarding-options sampling instance KULA family inet output flow-server COLLECTOR port ${port}
set forwarding-options sampling instance KULA family inet output flow-server COLLECTOR version-ipfix template KULA4
set forwarding-options sampling instance KULA family inet output inline-jflow source-address ROUTER
set chassis fpc 0 sampling-instance KULA
set interfaces ge-0/0/0 unit 0 family inet sampling input
set interfaces ge-0/0/0 unit 0 family inet sampling output`,
  mikrotik: (port) => `/ip traffic-flow set enabled=yes interfaces=all active-flow-timeout=1m
/ip traffic-flow target add dst-address=COLLECTOR port=${port} version=ipfix`,
  linux: (port) => `apt-get install softflowd
softflowd -i eth0 -n COLLECTOR:${port} -v 10 -t maxlife=60`,
};
