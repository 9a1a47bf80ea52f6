// A browser's long name for itself, in two words that a person recognises.

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const found = (agent: string, table: typeof browsers) => table.find(([pattern]) => pattern.test(agent))?.[1];

/** `Firefox, Windows`; where it is none that is known, as much of the name as fits a line. */
export function agentName(agent: string): string {
  const names = [found(agent, browsers), found(agent, systems)].filter((name) => name !== undefined);
  return names.length > 0 ? names.join(', ') : agent.slice(0, 60);
}
