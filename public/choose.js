/* global location, localStorage, navigator */
// The address without a language: go to the one that was read last, else to the browser's.
(function () {
  var language = null;
  try {
    language = localStorage.getItem('retained:language');
  } catch {
    // Nothing was kept.
  }
  if (language !== 'en' && language !== 'zh-tw') {
    var wanted = navigator.languages || [navigator.language || 'en'];
    language = 'en';
    for (var i = 0; i < wanted.length; i += 1) {
      if (/^zh\b/i.test(wanted[i])) language = 'zh-tw';
      if (/^(zh|en)\b/i.test(wanted[i])) break;
    }
  }
  // Relative: the site may be below a path of its host.
  location.replace(language + '/');
})();
