// What commonly listens at a port (IANA service names), for people who do not know all of them by heart.
const services: Readonly<Record<string, string>> = {
  '6/21': 'ftp', '6/22': 'ssh', '6/23': 'telnet', '6/25': 'smtp', '6/53': 'domain', '17/53': 'domain', '6/80': 'http',
  '6/110': 'pop3', '17/123': 'ntp', '6/135': 'epmap', '6/139': 'netbios-ssn', '6/143': 'imap', '17/161': 'snmp',
  '6/389': 'ldap', '6/443': 'https', '17/443': 'quic', '6/445': 'microsoft-ds', '6/465': 'submissions', '17/500': 'isakmp',
  '6/587': 'submission', '6/993': 'imaps', '6/995': 'pop3s', '6/1433': 'ms-sql', '6/1521': 'oracle', '6/1723': 'pptp',
  '17/1900': 'ssdp', '6/3306': 'mysql', '6/3389': 'rdp', '17/3389': 'rdp', '6/5060': 'sip', '17/5060': 'sip',
  '6/5432': 'postgresql', '6/5900': 'vnc', '6/6379': 'redis', '6/6667': 'irc', '6/8080': 'http-alt', '6/8443': 'https-alt',
  '6/9200': 'elasticsearch', '17/11211': 'memcached', '6/27017': 'mongodb',
};

const protocols: Readonly<Record<number, string>> = {
  1: 'ICMP', 2: 'IGMP', 4: 'IP-in-IP', 6: 'TCP', 17: 'UDP', 41: 'IPv6', 47: 'GRE', 50: 'ESP', 51: 'AH', 58: 'ICMPv6', 89: 'OSPF',
  132: 'SCTP',
};

export const protocolName = (protocol: number): string => protocols[protocol] ?? `IP ${protocol}`;

/** The service's name, or nothing. */
export const serviceName = (protocol: number, port: number): string | undefined => services[`${protocol}/${port}`];

/** `443/TCP`; the protocol alone where ports mean nothing. */
export const portText = (protocol: number, port: number): string =>
  [1, 2, 4, 41, 47, 50, 51, 58, 89].includes(protocol) ? protocolName(protocol) : `${port}/${protocolName(protocol)}`;
