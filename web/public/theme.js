// Before the first paint, so that a dark desk does not flash white at night. Kept out of the page for a strict policy.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('kula.theme');
  } catch (error) {
    chosen = null;
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
