(function () {
  var root = document.documentElement;
  root.className = 'js';
  try {
    var theme = localStorage.getItem('prepbook-theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  } catch (e) {
    // Storage is switched off: the system's choice holds.
  }
})();
