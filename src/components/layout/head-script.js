/* global document, localStorage */
(function () {
  var root = document.documentElement;
  root.dataset.js = '';
  try {
    var theme = localStorage.getItem('retained:theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var width = Number(localStorage.getItem('retained:workbench-width'));
    if (width >= 30 && width <= 70) root.style.setProperty('--workbench-width', width + 'vw');
  } catch {
    // Storage may be blocked: then it is the system's theme.
  }
})();
