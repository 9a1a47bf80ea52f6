// Whether somebody is at the desk. What the desk asks by itself while nobody is says so, and does not keep a session.

const lasts = 60_000;
let last = Date.now();

const notice = (): void => {
  last = Date.now();
};

/** Begins to watch for hands; once, when the desk starts. */
export function watchAttendance(): void {
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) window.addEventListener(name, notice, { passive: true, capture: true });
}

/** Whether a hand moved within the last minute. */
export const isAttended = (now = Date.now()): boolean => now - last < lasts;

/** What every request carries. */
export const attendance = (): Record<string, string> => (isAttended() ? {} : { 'X-Background': '1' });
