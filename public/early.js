/* global document, localStorage */
// Runs before the first paint (no inline scripts are allowed): the theme and the width of the
// workbench that the reader chose. Storage may be blocked; then the system's theme it is.
(function () {
  var root = document.documentElement;
  root.dataset.js = '';
  try {
    var theme = localStorage.getItem('retained:theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var width = Number(localStorage.getItem('retained:bench'));
    if (width >= 30 && width <= 70) root.style.setProperty('--bench-width', width + 'vw');
  } catch {
    // Nothing was kept.
  }
})();
