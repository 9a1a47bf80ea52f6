/** Kula's sign: a watch tower. */
export const Tower = () => (
  <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden focusable="false">
    <rect width="32" height="32" rx="7" fill="#0b5d5a" />
    <path d="M9 7h3v3h2.5V7h3v3H20V7h3v7l-2 1.6V25H11v-9.4L9 14z" fill="#fff" />
    <path d="M14.4 25v-4a1.6 1.6 0 0 1 3.2 0v4z" fill="#0b5d5a" />
  </svg>
);
